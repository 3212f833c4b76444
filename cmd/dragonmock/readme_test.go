package main

import (
	"context"
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"

	"dragonmock/mock"
	"dragonmock/openapi"
)

// The README's snippets are run as they stand. A comment before each says how:
//
//	<!-- test: python; prints: the last line -->     run it; the last line of its output has that
//	<!-- test: bash chain=story; prints: ... -->     run it behind the earlier ones of that chain
//	<!-- test: bash scenario=NAME; prints: ... -->   on a server with that stage
//	<!-- test: yaml file=NAME -->                    parse it, and keep it for what bash runs
//	<!-- test: go FILE -->                           it stands in that file, whose tests run
//	<!-- test: node parse; why -->                   only parse it
//	<!-- test: none; why -->
//
// localhost:8080 is the server's address. A machine that lacks a language skips its snippets, unless
// DRAGONMOCK_README=all.

const (
	readmePath    = "../../README.md"
	readmeAddress = "localhost:8080"
	allSnippets   = "DRAGONMOCK_README" // "all": a missing language is a failure
)

// tools are the programs that a language needs.
var tools = map[string][]string{
	"bash": {"bash", "curl"}, "node": {"node"}, "python": {"python3"}, "java": {"java", "javac"},
}

var (
	fence  = regexp.MustCompile("(?ms)^((?:<!-- test: [^\n]* -->\n)?)```(\\w*)\n(.*?)^```$")
	marker = regexp.MustCompile(`^<!-- test: (\w+)((?: [\w./=-]+)*)(?:; (prints: )?(.*))? -->\n$`)
	class  = regexp.MustCompile(`class (\w+)`)
)

// snippet is a fenced block and how it is tested.
type snippet struct {
	line                        int
	how                         string
	text                        string
	words                       []string
	chain, scenario, file, want string
}

// snippets reads the README.
func snippets(t *testing.T) (list []snippet) {
	t.Helper()
	readme := read(t, readmePath)
	for _, at := range fence.FindAllStringSubmatchIndex(readme, -1) {
		part := func(i int) string { return readme[at[2*i]:at[2*i+1]] }
		s := snippet{line: 1 + strings.Count(readme[:at[4]], "\n"), text: part(3)}
		how := marker.FindStringSubmatch(part(1))
		require.NotNil(t, how, "README.md:%d: a comment before the block must say how it is tested: see readme_test.go", s.line)
		s.how, s.words = how[1], strings.Fields(how[2])
		if how[3] != "" {
			s.want = how[4]
		}
		for _, word := range s.words {
			name, value, _ := strings.Cut(word, "=")
			switch name {
			case "chain":
				s.chain = value
			case "scenario":
				s.scenario = value
			case "file":
				s.file = value
			}
		}
		list = append(list, s)
	}
	require.Equal(t, 2*len(list), strings.Count(readme, "\n```"), "README.md has fences that open or close no block")
	return list
}

func TestSnippets(t *testing.T) {
	t.Parallel()
	binary := filepath.Dir(command(t))
	shipped, err := filepath.Abs("../../scenarios")
	require.NoError(t, err)
	files, chains := map[string]string{}, map[string]string{}
	for _, s := range snippets(t) {
		if s.chain != "" {
			s.text = chains[s.chain] + s.text
			chains[s.chain] = s.text
		}
		r := runner{snippet: s, bin: binary, scenarios: shipped, files: maps.Clone(files)}
		if s.file != "" {
			files[s.file] = s.text
		}
		t.Run(fmt.Sprintf("README.md:%d %s", s.line, s.how), func(t *testing.T) {
			t.Parallel()
			r.test(t)
		})
	}
}

type runner struct {
	snippet
	bin, scenarios string
	files          map[string]string
}

func (r runner) test(t *testing.T) {
	parse := slices.Contains(r.words, "parse")
	switch r.how {
	case "none":
		return
	case "yaml":
		var v any
		assert.NoError(t, yaml.Load([]byte(r.text), &v))
		return
	case "go":
		r.testGo(t)
		return
	}
	r.needTools(t)
	dir := t.TempDir()
	for name, text := range r.files {
		write(t, filepath.Join(dir, name), text)
	}
	if err := os.Symlink(r.scenarios, filepath.Join(dir, "scenarios")); err != nil {
		t.Skip(err)
	}
	var opts []mock.ServerOption
	if r.scenario != "" {
		opts = append(opts, mock.WithScenario(r.scenario))
	}
	server, err := url.Parse(mock.Start(t, opts...).URL)
	require.NoError(t, err)
	var args []string
	switch r.how {
	case "bash":
		args = []string{"bash", "snippet.sh"}
	case "node":
		if args = []string{"node", "snippet.mjs"}; parse {
			args = []string{"node", "--check", "snippet.mjs"}
		}
	case "python":
		args = []string{"python3", "snippet.py"}
	case "java":
		args = []string{"java", class.FindStringSubmatch(r.text)[1] + ".java"}
	default:
		require.Failf(t, "no way to test it", "%q", r.how)
	}
	write(t, filepath.Join(dir, args[len(args)-1]), strings.ReplaceAll(r.text, readmeAddress, server.Host))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = dir
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); !strings.HasPrefix(name, envPrefix) && !strings.HasSuffix(strings.ToLower(name), "_proxy") {
			cmd.Env = append(cmd.Env, entry)
		}
	}
	cmd.Env = append(cmd.Env, "PATH="+r.bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	if parse {
		return
	}
	require.NotEmpty(t, r.want, "its comment says what it prints")
	text := strings.TrimSpace(string(out))
	assert.Contains(t, text[strings.LastIndexByte(text, '\n')+1:], r.want, "the last line of:\n%s", text)
}

// testGo holds a block to the file that it was taken from.
func (r runner) testGo(t *testing.T) {
	if slices.Contains(r.words, "parse") {
		_, err := parser.ParseFile(token.NewFileSet(), "snippet.go", r.text, 0)
		assert.NoError(t, err)
		return
	}
	for _, name := range r.words {
		assert.True(t, strings.HasSuffix(name, "_test.go"), name)
		assert.Contains(t, read(t, filepath.Join("../..", name)), "\n"+r.text, "it does not stand so in %s", name)
	}
}

func (r runner) needTools(t *testing.T) {
	for _, tool := range tools[r.how] {
		if _, err := exec.LookPath(tool); err != nil {
			require.NotEqual(t, "all", os.Getenv(allSnippets), "%s asks for all languages, but %v", allSnippets, err)
			t.Skip(err)
		}
	}
}

// TestReadmeNamesWhatThereIs: every variable and every flag of dragonmock that the README names is there, and it names every
// flag, and every path of the control plane.
func TestReadmeNamesWhatThereIs(t *testing.T) {
	t.Parallel()
	readme := read(t, readmePath)
	flags, variables := program().Flags(), program().Variables()
	for _, name := range regexp.MustCompile(`DRAGONMOCK_[A-Z_]+`).FindAllString(readme, -1) {
		assert.Contains(t, append(variables, allSnippets), name, "README.md has a variable that no flag has")
	}
	for _, name := range flags {
		named := name == "help" || regexp.MustCompile(`--`+name+`\b|dragonmock `+name+`\b`).MatchString(readme)
		assert.True(t, named, "README.md does not name the flag --%s", name)
	}
	control, err := openapi.Files.ReadFile(openapi.Control)
	require.NoError(t, err)
	for _, found := range regexp.MustCompile(`(?m)^  (/\S+):$`).FindAllStringSubmatch(string(control), -1) {
		path := found[1]
		if of, ok := strings.CutPrefix(path, "/worlds/{id}"); ok {
			path = "W" + of
		}
		// A row may have a second path by its end: `W/requests/unread`, `/stream`.
		whole, end := regexp.QuoteMeta(path)+"[`?]", regexp.QuoteMeta(path[strings.LastIndexByte(path, '/')+1:])
		named := regexp.MustCompile("(?m)" + whole + "|^\\| `[A-Z].*`/" + end + "`").MatchString(readme)
		assert.True(t, named, "README.md does not name the path %s of the control plane", path)
	}
	command := regexp.MustCompile("dragonmock [^\n`]*--[^\n`]*|^\\| `--[^\n]*|`--[^\n`]*`")
	flag := regexp.MustCompile(`(?:^|[ \x60])--([a-z][a-z-]*)`)
	for i, line := range strings.Split(readme, "\n") {
		if strings.Contains(line, "docker ") {
			continue
		}
		for _, found := range command.FindAllString(line, -1) {
			for _, name := range flag.FindAllStringSubmatch(found, -1) {
				assert.Contains(t, flags, name[1], "README.md:%d names a flag that there is not", i+1)
			}
		}
	}
}
