// Package clock owns the time of a world as a value: which years it shows, and how it stands, runs and is moved.
package clock
