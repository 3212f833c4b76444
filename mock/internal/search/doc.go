// Package search owns what a client finds that knows no id: hubs and resources by a keyword, and which modules there are at
// a place. What the vendor's two operations take and answer is not known.
package search
