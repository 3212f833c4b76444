// Package stock owns what is left of the options of lifestyle resources, and what was bought of them: rows of a world beside
// its orders.
package stock
