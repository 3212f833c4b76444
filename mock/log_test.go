package mock_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
)

// fakeTest is a test that can fail without failing.
type fakeTest struct {
	testing.TB
	failed   bool
	cleanups []func()
	logged   []string
}

func (f *fakeTest) Helper()          {}
func (f *fakeTest) Failed() bool     { return f.failed }
func (f *fakeTest) Cleanup(c func()) { f.cleanups = append(f.cleanups, c) }
func (f *fakeTest) Logf(format string, args ...any) {
	f.logged = append(f.logged, fmt.Sprintf(format, args...))
}

// TestStart_FailedTest_IsToldWhatWasAsked: and a test that passed is told nothing.
func TestStart_FailedTest_IsToldWhatWasAsked(t *testing.T) {
	for _, failed := range []bool{true, false} {
		f := &fakeTest{TB: t, failed: failed}
		srv := mock.Start(f)
		other, err := srv.NewWorld()
		require.NoError(t, err)
		for _, w := range []*mock.World{srv.World(), other} {
			answer, err := w.Client().Get("http://dragonmock/api/v1/resources/N0?accessToken=hunter2")
			require.NoError(t, err)
			require.NoError(t, answer.Body.Close())
		}
		closed, err := srv.NewWorld()
		require.NoError(t, err)
		answer, err := closed.Client().Get("http://dragonmock/api/v1/resources/N1")
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		closed.Close() // as tests do that are tidy
		for _, cleanup := range f.cleanups {
			cleanup()
		}
		said := strings.Join(f.logged, "\n")
		if !failed {
			assert.Empty(t, said)
			continue
		}
		for _, w := range []*mock.World{srv.World(), other} {
			assert.Contains(t, said, "world "+w.ID()+": 1 requests, 1 of them refused or not answered\n  #1 GET /api/v1/resources/N0: 40")
		}
		assert.Contains(t, said, "world "+closed.ID()+", which has ended: 1 requests, 1 of them refused or not answered\n  #1 GET /api/v1/resources/N1: 40")
		assert.NotContains(t, said, "hunter2")
	}
}

// logged is a log that several goroutines write.
type logged struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

// take returns what was logged since it was asked last.
func (l *logged) take() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.buf.Reset()
	return l.buf.String()
}

// TestLog_TellsWhatWasAsked: at info a refusal is one line, at debug every request; never a secret.
func TestLog_TellsWhatWasAsked(t *testing.T) {
	for _, level := range []slog.Level{slog.LevelInfo, slog.LevelDebug, slog.LevelWarn} {
		t.Run(level.String(), func(t *testing.T) {
			var log logged
			srv := mock.Start(t, mock.WithControlToken("control-hunter2"), mock.WithLog(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: level}))))
			log.take()
			for _, test := range []struct {
				method, path, body, token string
				line                      string // none: the exchange is no refusal
			}{
				{"GET", "/_mock/health", "", "", ""},
				{"GET", "/metrics", "", "control-hunter2", ""},
				{"OPTIONS", "/api/v1/orders", "", "", ""},
				{"GET", "/api/v1/transportHubs?secret=hunter2", "", srv.World().Token(), ""},
				{"POST", "/api/v1/auth/token", `{"clientId":"DragonPass","secret":"hunter2"}`, "", "path=/api/v1/auth/token status=401 symbol=CREDENTIALS_INVALID"},
				{"POST", "/auth/token", `{"secret":"\uhunter2"}`, "", "path=/auth/token status=400 symbol=MALFORMED_JSON"},
				{"GET", "/api/v1/resources/N0?secret=hunter2", "", srv.World().Token(), `path=/api/v1/resources/N0 status=404 symbol=RESOURCE_NOT_FOUND message="path resourceId: no resource N0"`},
				{"GET", "/api/v1/transportHubs", "", "hunter2", "path=/api/v1/transportHubs status=401 symbol=TOKEN_INVALID"},
				{"GET", "/nope", "", "", "path=/nope status=404 symbol=ROUTE_NOT_FOUND"},
				{"DELETE", "/api/v1/orders", "", "", "status=405 symbol=METHOD_NOT_ALLOWED"},
				{"GET", "/_mock/worlds", "", "hunter2", "path=/_mock/worlds status=401 symbol=TOKEN_INVALID"},
				{"GET", "/_mock/worlds/no/clock", "", "control-hunter2", "path=/_mock/worlds/no/clock status=404 symbol=WORLD_NOT_FOUND"},
			} {
				request, err := http.NewRequest(test.method, srv.URL+test.path, strings.NewReader(test.body))
				require.NoError(t, err)
				if test.token != "" {
					request.Header.Set("Authorization", "Bearer "+test.token)
				}
				answer, err := http.DefaultClient.Do(request)
				require.NoError(t, err)
				require.NoError(t, answer.Body.Close())
				said := log.take()
				assert.NotContains(t, said, "hunter2")
				switch {
				case level == slog.LevelWarn, level == slog.LevelInfo && test.line == "":
					assert.Empty(t, said, "%s %s", test.method, test.path)
				default:
					assert.Equal(t, 1, strings.Count(said, "\n"), "%s %s: one line, got %q", test.method, test.path, said)
					assert.Contains(t, said, "method="+test.method, said)
					assert.Contains(t, said, test.line)
				}
			}
			if level == slog.LevelInfo {
				_, err := srv.World().Inject(mock.Fault{On: "listTransportHubs", Drop: mock.DropAfter})
				require.NoError(t, err)
				_, err = srv.World().Client().Get("http://dragonmock/transportHubs")
				require.Error(t, err)
				assert.Contains(t, log.take(), `msg="not answered" method=GET path=/transportHubs status=0 operation=listTransportHubs world=default fault=f1`)
			}
		})
	}
}
