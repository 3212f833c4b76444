package schema

// Violation is one place where a value, or an exchange, breaks the contract.
type Violation struct {
	Where    string // a JSON pointer into the body, or "query pageSize", "header X-Request-ID"
	Expected string // "expected an integer from 1 to 100, got a string"
}

func (v Violation) String() string { return v.Where + ": " + v.Expected }
