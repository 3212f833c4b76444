// Package packed owns how orders are kept: each as one text, since a world may have very many. On paper they are as they
// were; see [Order].
package packed
