package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestState_Restart_ClientsKeepWhatTheyHave restarts a server: credentials, clock and passes are as they were.
func TestState_Restart_ClientsKeepWhatTheyHave(t *testing.T) {
	t.Parallel()
	needSIGTERM(t)
	file := filepath.Join(t.TempDir(), "state.json")
	s := listen(t, nil, "--state", file)
	var world struct{ ID, ClientID, Secret string }
	fetch(t, "POST", "http://"+s.addr+"/_mock/worlds", "", `{"clock":"2025-09-01T09:00:00+01:00"}`, &world)
	token := func() string {
		var granted struct{ AccessToken string }
		fetch(t, "POST", "http://"+s.addr+"/auth/token", "", `{"clientId":"`+world.ClientID+`","secret":"`+world.Secret+`"}`, &granted)
		return granted.AccessToken
	}
	var issued, found struct {
		Extra struct{ EPassID, FirstName string }
	}
	fetch(t, "POST", "http://"+s.addr+"/orders/lounges/ePasses", token(), `{"module":1,"clientUserId":"u","extra":{"firstName":"Ada","lastName":"Lovelace","availableUsages":2,"expirationDate":"2026-09-01T09:00:00+01:00"}}`, &issued)
	require.NotEmpty(t, issued.Extra.EPassID)
	s.terminate(t)

	s = listen(t, nil, "--state", file)
	fetch(t, "POST", "http://"+s.addr+"/orders/ePasses/search", token(), `{"ePassId":"`+issued.Extra.EPassID+`"}`, &found)
	assert.Equal(t, issued, found)
	s.wantClock(t, world.ID, "2025-09-01T08:00:00")
	s.terminate(t)
}

func TestState_OtherVersion_IsRefusedAndNotTouched(t *testing.T) {
	t.Parallel()
	broken := `{"version":99}`
	file := write(t, filepath.Join(t.TempDir(), "state.json"), broken)
	got := execute(t, nil, "--state", file)
	wantOneLine(t, got, exitUnusable, "dragonmock: "+file+": ")
	assert.Contains(t, got.stderr, "expected 3, got 99")
	assert.Equal(t, broken, read(t, file))
}

// TestState_KilledWhileDraining_IsThere: an orchestrator kills what does not end soon, and a request in flight may take
// longer.
func TestState_KilledWhileDraining_IsThere(t *testing.T) {
	t.Parallel()
	needSIGTERM(t)
	s, world, file := drainingServer(t)
	require.NoError(t, s.cmd.Process.Kill())
	_ = s.cmd.Wait() // it was killed

	s = listen(t, nil, "--state", file)
	s.wantClock(t, world, "2025-09-01T08:00:00")
	s.terminate(t)
}

// TestState_SecondSignal_IsThere: who cannot wait for what is in flight ends the process at once, and loses nothing.
func TestState_SecondSignal_IsThere(t *testing.T) {
	t.Parallel()
	needSIGTERM(t)
	s, world, file := drainingServer(t)
	start := time.Now()
	ended := make(chan error, 1)
	go func() { ended <- s.cmd.Wait() }()
	var err error
	require.Eventually(t, func() bool {
		_ = s.cmd.Process.Signal(os.Interrupt) // until the file is whole it is only noted
		select {
		case err = <-ended:
			return true
		default:
			return false
		}
	}, patience, 10*time.Millisecond)
	assert.Less(t, time.Since(start), quickly, "the request in flight may take 5 s")
	killed, ok := errors.AsType[*exec.ExitError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, syscall.SIGINT, killed.Sys().(syscall.WaitStatus).Signal())

	s = listen(t, nil, "--state", file)
	s.wantClock(t, world, "2025-09-01T08:00:00")
	s.terminate(t)
}

// drainingServer returns a server that was told to stop, with a request in flight that holds it up, after it has saved its
// state: with a world whose clock stands.
func drainingServer(t *testing.T) (s *server, world, file string) {
	file = filepath.Join(t.TempDir(), "state.json")
	s = listen(t, nil, "--state", file)
	var made struct{ ID string }
	fetch(t, "POST", "http://"+s.addr+"/_mock/worlds", "", `{"clock":"2025-09-01T09:00:00+01:00"}`, &made)
	conn, err := net.Dial("tcp", s.addr)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(patience)))
	fmt.Fprintf(conn, "POST /auth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
	_, err = bufio.NewReader(conn).ReadString('\n') // 100: the handler waits for the body
	require.NoError(t, err)
	require.NoError(t, s.cmd.Process.Signal(syscall.SIGTERM))
	s.wantLog(t, "draining")
	require.Eventually(t, func() bool { _, err := os.Stat(file); return err == nil }, patience, time.Millisecond)
	return s, made.ID, file
}
