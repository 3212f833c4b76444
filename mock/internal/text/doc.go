// Package text owns what text is: UTF-8, wherever it comes from. Everything that a world remembers is written as JSON one
// day, and JSON has nothing else; what is no text is refused before it becomes state.
package text
