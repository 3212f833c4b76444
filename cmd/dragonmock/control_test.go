package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestControl_OwnPortAndToken_GuardIt(t *testing.T) {
	t.Parallel()
	token := []string{"DRAGONMOCK_CONTROL_TOKEN=sesame"}
	s := listen(t, token, "--control-addr", "127.0.0.1:0")
	for _, row := range []struct {
		url, token string
		status     int
		want       string
	}{
		{"http://" + s.addr + "/_mock/health", "", 200, `"status":"ok"`},
		{"http://" + s.addr + "/_mock/worlds", "sesame", 404, "is not known"},
		{s.control + "/_mock/worlds", "sesame", 200, `"default"`},
		{s.control + "/_mock/worlds", "", 401, "control token"},
		{s.control + "/_mock/health", "", 200, `"status":"ok"`},
		{s.control + "/api/v1/transportHubs", "sesame", 404, "is not known"},
	} {
		status, body := ask(t, "GET", row.url, row.token, "")
		assert.Equal(t, row.status, status, row.url)
		assert.Contains(t, body, row.want, row.url)
	}
	assert.Equal(t, result{}, execute(t, nil, "health", "--addr", s.addr))
	got := execute(t, token, "play", "--target", "http://"+s.addr+"/api/v1", "--control", s.control+"/_mock", "reset")
	assert.Zero(t, got.code, "play with the token: %+v", got)
	s.terminate(t)
}

func TestControl_Off_IsNotServed(t *testing.T) {
	t.Parallel()
	s := listen(t, []string{"DRAGONMOCK_CONTROL=off"})
	status, _ := ask(t, "GET", "http://"+s.addr+"/_mock/worlds", "", "")
	assert.Equal(t, 404, status)
	s.terminate(t)
}
