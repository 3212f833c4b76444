// Package check owns what is sound of the vendor's nouns as data: what catalogues, scenarios, patches and saved states bring
// is held against it. An error begins with the pointer of the member that is wrong.
package check
