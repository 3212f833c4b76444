// Package translation owns the languages that there are, and what the texts of hubs and resources are in them.
package translation
