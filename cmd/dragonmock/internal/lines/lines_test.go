package lines

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestLines_ReaderThatStops_StopsNobody: what it misses is counted, and told once it reads again.
func TestLines_ReaderThatStops_StopsNobody(t *testing.T) {
	t.Parallel()
	from, to := io.Pipe()
	var lost atomic.Int64
	l := New(to, func(n int) { lost.Add(int64(n)) })
	line := []byte(strings.Repeat("x", 1023) + "\n")
	const all = 3 * maxPending / 1024
	for range all { // would block
		n, err := l.Write(line)
		require.NoError(t, err)
		require.Equal(t, len(line), n)
	}
	l.mu.Lock()
	assert.LessOrEqual(t, l.size, maxPending)
	l.mu.Unlock()
	l.Close() // nobody reads: it does not wait for ever
	go func() {
		<-l.done
		to.Close()
	}()
	lines := 0
	for scanner := bufio.NewScanner(from); scanner.Scan(); {
		lines++
	}
	assert.Equal(t, maxPending/1024, lines)
	assert.EqualValues(t, all-lines, lost.Load())
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestLines_BrokenReader_IsNoError(t *testing.T) {
	t.Parallel()
	l := New(broken{}, nil)
	_, err := l.Write([]byte("a\n"))
	require.NoError(t, err)
	l.Close()
	<-l.done
	_, err = l.Write([]byte("b\n"))
	require.NoError(t, err, "after the end, too")
}

func TestCurtain_KeepsBackUntilItIsRaised(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := Curtain{To: &out}
	for _, line := range []string{"b\n", "c\n"} {
		_, err := c.Write([]byte(line))
		require.NoError(t, err)
	}
	assert.Empty(t, out.String())
	out.WriteString("a\n")
	c.Raise()
	_, err := c.Write([]byte("d\n"))
	require.NoError(t, err)
	c.Raise()
	assert.Equal(t, "a\nb\nc\nd\n", out.String())
}
