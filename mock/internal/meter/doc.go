// Package meter owns what operators measure: requests by operation, status and origin, and how long they took.
package meter
