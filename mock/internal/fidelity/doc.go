// Package fidelity owns how sure the mock is of what it says: the register of assumptions, and the marks that operations
// have in their document.
package fidelity
