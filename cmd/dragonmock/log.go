package main

import (
	"io"
	"log/slog"
	"os"
	"strings"

	"dragonmock/cmd/dragonmock/internal/lines"
)

// maxValue is how much of one value a line of the log has, in bytes.
const maxValue = 4 << 10

// say writes a line to standard error, unless nobody reads it.
func say(line string) {
	l := lines.New(os.Stderr, nil)
	_, _ = l.Write([]byte(line + "\n")) // it never fails
	l.Close()
}

// logger writes to standard error. What is said first comes before whatever was logged until then; end says the rest, and
// ends the log.
func (s serve) logger() (log *slog.Logger, first func(msg string, args ...any), end func()) {
	var level slog.Level
	_ = level.UnmarshalText([]byte(s.LogLevel)) // one of the enum
	options := &slog.HandlerOptions{Level: level, ReplaceAttr: bounded}
	handler := func(to io.Writer) slog.Handler {
		if s.LogFormat == "json" {
			return slog.NewJSONHandler(to, options)
		}
		return slog.NewTextHandler(to, options)
	}
	straight := slog.New(handler(os.Stderr))
	l := lines.New(os.Stderr, func(lost int) { straight.Warn("log lines were lost: nobody read them in time", "lines", lost) })
	behind := &lines.Curtain{To: l}
	first = func(msg string, args ...any) {
		slog.New(handler(l)).Info(msg, args...)
		behind.Raise()
	}
	return slog.New(handler(behind)), first, func() { behind.Raise(); l.Close() }
}

// bounded cuts a value that is too long for a line. Lines are not cut: they may be JSON.
func bounded(_ []string, a slog.Attr) slog.Attr {
	text := a.Value.String
	if err, ok := a.Value.Any().(error); ok {
		text = err.Error
	} else if a.Value.Kind() != slog.KindString {
		return a
	}
	if s := text(); len(s) > maxValue {
		a.Value = slog.StringValue(strings.ToValidUTF8(s[:maxValue], "") + "...")
	}
	return a
}
