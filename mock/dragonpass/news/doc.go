// Package news owns what the vendor tells clients of v2 by itself: which events there are, and what they say, as data.
package news
