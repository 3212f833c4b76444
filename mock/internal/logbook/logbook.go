package logbook

import (
	"context"
	"log/slog"

	"dragonmock/mock/internal/brief"
)

// Bounds of the texts of a line, in bytes.
const (
	maxWord = 128 // a method, a symbol, the id of a world
	maxText = 512 // a path, a message, a reason
)

// Exchange is what the log says of one.
type Exchange struct {
	Method, Path string
	Operation    string // its operationId; empty when nothing matched
	World        string // its id; empty when the request names none
	Status       int    // 0: nothing was answered
	Symbol       string // of a refusal
	Message      string // what the client is told of a refusal
	Reason       string // which rule refused, and what would satisfy it
	Fault        string // the ids of the fault rules that acted
	Aside        bool   // programs ask it unasked: nobody who reads refusals looks for it
}

// level is info for a refusal and for an answer that never comes; for all others it is debug, so that a container whose
// health is asked all day is quiet.
func level(status int, aside bool) slog.Level {
	if !aside && (status >= 400 || status == 0) {
		return slog.LevelInfo
	}
	return slog.LevelDebug
}

// Told says whether a log wants to know of exchanges with a status, for callers that save themselves the making of one.
func Told(log *slog.Logger, status int) bool {
	return log.Enabled(context.Background(), level(status, false))
}

// Tell writes an exchange into a log, as one line.
func Tell(log *slog.Logger, x Exchange) {
	at := level(x.Status, x.Aside)
	if !log.Enabled(context.Background(), at) {
		return
	}
	said := "request"
	switch {
	case x.Status == 0:
		said = "not answered"
	case x.Status >= 400:
		said = "refused"
	}
	attributes := []slog.Attr{
		slog.String("method", brief.Clip(x.Method, maxWord)), slog.String("path", brief.Clip(x.Path, maxText)), slog.Int("status", x.Status),
	}
	for _, a := range []struct {
		name, value string
		most        int
	}{
		{"symbol", x.Symbol, maxWord}, {"message", x.Message, maxText}, {"reason", x.Reason, maxText},
		{"operation", x.Operation, maxWord}, {"world", x.World, maxWord}, {"fault", x.Fault, maxWord},
	} {
		if a.value != "" {
			attributes = append(attributes, slog.String(a.name, brief.Clip(a.value, a.most)))
		}
	}
	log.LogAttrs(context.Background(), at, said, attributes...)
}
