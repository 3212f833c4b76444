package fault

import (
	"context"
	"net/http"
	"time"
)

// WriteWith is Write with another way to wait.
func (d Decision) WriteWith(wait func(context.Context, time.Duration) error, w http.ResponseWriter, r *http.Request, status int, header http.Header, body []byte) error {
	return d.write(w, r, status, header, body, wait)
}

// LogNormal, MaxSpread and Garble are for tests alone.
var (
	LogNormal = logNormal
	MaxSpread = maxSpread
	Garble    = garble
)
