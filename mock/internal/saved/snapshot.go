package saved

import (
	"errors"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/bom"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/strictjson"
)

// ReadState reads a state that stands by itself, which a client may have sent, and holds it to what is true of every one.
// With are the options of [store.Paper]. Errors: MALFORMED_JSON; INVALID_REQUEST that names the place of what is wrong; a
// refusal of the reader.
func ReadState(from io.Reader, with json.Options, judge func(*store.State) error) (*store.State, error) {
	text := bom.Reader(from)
	if bom.IsUTF16(text.Begins()) {
		return nil, dragonpass.Refuse(dragonpass.MalformedJSON, "expected JSON in UTF-8, this is UTF-16")
	}
	d := strictjson.NewDecoder(text, with)
	state, err := store.Read(d, nil)
	if err == nil {
		err = strictjson.End(d)
	}
	if err == nil {
		err = judge(state)
	}
	var refused *dragonpass.Error
	var syntax *jsontext.SyntacticError
	switch {
	case err == nil, errors.As(err, &refused):
		return state, err
	case errors.As(err, &syntax), errors.Is(err, io.EOF):
		return nil, dragonpass.Refuse(dragonpass.MalformedJSON, "%s", strictjson.InWords(err))
	}
	return nil, dragonpass.Refuse(dragonpass.InvalidRequest, "%s", strictjson.InWords(err))
}
