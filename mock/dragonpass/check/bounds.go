package check

import (
	"fmt"
	"strings"
)

// longest bounds what a policy counts, so that no sum of it leaves a duration.
const longest = 100_000

const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

func within(pointer string, n, least, most int) error {
	if n < least || n > most {
		return fmt.Errorf("%s: expected %d to %d, got %d", pointer, least, most, n)
	}
	return nil
}

func amount(pointer, s string) error {
	whole, cents, _ := strings.Cut(s, ".")
	if whole == "" || len(cents) != 2 || len(whole) > 12 || strings.Trim(whole+cents, "0123456789") != "" {
		return fmt.Errorf("%s: expected an amount such as 28.00, got %q", pointer, s)
	}
	return nil
}

func text(pointer, s string, least, most int) error {
	if err := Length(s, least, most); err != nil {
		return fmt.Errorf("%s: %w", pointer, err)
	}
	return nil
}
