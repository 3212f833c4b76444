// Package lifestyle owns what v2 alone shows, of eSIMs, fitness clubs and local offers: the resources, their options, and
// what was bought of them.
package lifestyle
