// Package ordered owns maps whose keys are in order: rows are found by key, by prefix and by position, and a copy costs
// next to nothing, because maps share what neither has written since.
package ordered
