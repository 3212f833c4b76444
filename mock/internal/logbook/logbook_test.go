package logbook_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/logbook"
)

func TestTell_Levels(t *testing.T) {
	for status, want := range map[int]string{
		200: "DEBUG", 204: "DEBUG", 301: "DEBUG", 399: "DEBUG", 400: "INFO", 404: "INFO", 500: "INFO", 0: "INFO",
	} {
		var out bytes.Buffer
		logbook.Tell(slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})), logbook.Exchange{Method: "GET", Path: "/", Status: status})
		assert.Contains(t, out.String(), "level="+want, status)
		quiet := slog.New(slog.NewTextHandler(&out, nil))
		assert.Equal(t, want == "INFO", logbook.Told(quiet, status), status)
	}
}

// TestTell_IsOneBoundedLine: whatever a client sends.
func TestTell_IsOneBoundedLine(t *testing.T) {
	var out bytes.Buffer
	huge := "a\nlevel=ERROR msg=forged \x1b[31m\xff" + strings.Repeat("ü", 1e5)
	logbook.Tell(slog.New(slog.NewTextHandler(&out, nil)), logbook.Exchange{
		Method: huge, Path: huge, Operation: huge, World: huge, Status: 400, Symbol: huge, Message: huge, Reason: huge,
	})
	assert.Equal(t, 1, strings.Count(out.String(), "\n"))
	assert.NotContains(t, out.String(), "\x1b")
	assert.Less(t, out.Len(), 16<<10)
}
