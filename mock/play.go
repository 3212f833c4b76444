package mock

import (
	"context"
	"strings"

	"dragonmock/mock/internal/scenario"
)

// Play plays a scenario file on a server, in a world of its own: a name of [WithScenarios], a path, or the name of a shipped
// scenario. What does not hold ends the test, with the step, its place in the file, what was sent and what came. A file
// without steps skips the test.
func Play(tb TB, s *Server, nameOrPath string) {
	tb.Helper()
	file, err := s.server.Scenario(nameOrPath)
	if err != nil {
		tb.Fatalf("mock.Play: %v", err)
		return
	}
	report := s.server.Player().Play(context.Background(), file)
	var text strings.Builder
	_ = scenario.Text{Out: &text}.File(report) // a Builder takes all
	if test, ok := tb.(interface{ Skipf(string, ...any) }); ok && report.Outcome == scenario.Skipped {
		test.Skipf("mock.Play: %s: %s", nameOrPath, report.Reason)
	}
	if report.Outcome == scenario.Failed {
		tb.Fatalf("mock.Play: %s", text.String())
	}
	tb.Logf("%s", strings.TrimSpace(text.String()))
}
