package main

import (
	"context"
	"fmt"
	"go/parser"
	"go/token"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v4"

	"dragonmock/mock"
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
	readme, err := os.ReadFile(readmePath)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range fence.FindAllSubmatchIndex(readme, -1) {
		part := func(i int) string { return string(readme[at[2*i]:at[2*i+1]]) }
		s := snippet{line: 1 + strings.Count(string(readme[:at[4]]), "\n"), text: part(3)}
		how := marker.FindStringSubmatch(part(1))
		if how == nil {
			t.Errorf("README.md:%d: a comment before the block must say how it is tested: see readme_test.go", s.line)
			continue
		}
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
	if n := strings.Count(string(readme), "\n```"); n != 2*len(list) && !t.Failed() {
		t.Errorf("README.md has %d fences, but %d blocks were found", n, len(list))
	}
	return list
}

func TestSnippets(t *testing.T) {
	place := t.TempDir()
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", filepath.Join(place, "bin", "dragonmock"), ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	shipped, err := filepath.Abs("../../scenarios")
	if err != nil {
		t.Fatal(err)
	}
	list := snippets(t)
	t.Run("group", func(t *testing.T) {
		files, chains := map[string]string{}, map[string]string{}
		for _, s := range list {
			s.text, chains[s.chain] = chains[s.chain]+s.text, chains[s.chain]+s.text
			if s.chain == "" {
				chains[""] = ""
			}
			r := runner{snippet: s, bin: filepath.Join(place, "bin"), scenarios: shipped, files: map[string]string{}}
			for name, text := range files {
				r.files[name] = text
			}
			if s.file != "" {
				files[s.file] = s.text
			}
			t.Run(fmt.Sprintf("README.md:%d %s", s.line, s.how), func(t *testing.T) {
				t.Parallel()
				r.test(t)
			})
		}
	})
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
		if err := yaml.Load([]byte(r.text), &v); err != nil {
			t.Error(err)
		}
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
	var opts []mock.Option
	if r.scenario != "" {
		opts = append(opts, mock.WithScenario(r.scenario))
	}
	server, err := url.Parse(mock.Start(t, opts...).URL)
	if err != nil {
		t.Fatal(err)
	}
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
		t.Fatalf("no way to test %q", r.how)
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
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if parse {
		return
	}
	text := strings.TrimSpace(string(out))
	if last := strings.TrimSpace(text[strings.LastIndexByte(text, '\n')+1:]); r.want == "" || !strings.Contains(last, r.want) {
		t.Errorf("the last line is %q, want one with %q. All of it:\n%s", last, r.want, text)
	}
}

// testGo holds a block to the file that it was taken from.
func (r runner) testGo(t *testing.T) {
	if slices.Contains(r.words, "parse") {
		if _, err := parser.ParseFile(token.NewFileSet(), "snippet.go", r.text, 0); err != nil {
			t.Error(err)
		}
		return
	}
	for _, name := range r.words {
		text, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "_test.go") || !strings.Contains(string(text), "\n"+r.text) {
			t.Errorf("it does not stand so in %s", name)
		}
	}
}

func (r runner) needTools(t *testing.T) {
	for _, tool := range tools[r.how] {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv(allSnippets) == "all" {
				t.Fatalf("%s=all, but %v", allSnippets, err)
			}
			t.Skip(err)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestReadmeNamesWhatThereIs: every variable and every flag of dragonmock that the README names.
func TestReadmeNamesWhatThereIs(t *testing.T) {
	readme, err := os.ReadFile(readmePath)
	if err != nil {
		t.Fatal(err)
	}
	flags, variables := flagNames(t)
	for _, name := range regexp.MustCompile(`DRAGONMOCK_[A-Z_]+`).FindAllString(string(readme), -1) {
		if name != allSnippets && !slices.Contains(variables, name) {
			t.Errorf("README.md has %s, which no flag has", name)
		}
	}
	command := regexp.MustCompile("dragonmock [^\n`]*--[^\n`]*|^\\| `--[^\n]*|`--[^\n`]*`")
	flag := regexp.MustCompile(`(?:^|[ \x60])--([a-z][a-z-]*)`)
	for i, line := range strings.Split(string(readme), "\n") {
		if strings.Contains(line, "docker ") {
			continue
		}
		for _, found := range command.FindAllString(line, -1) {
			for _, name := range flag.FindAllStringSubmatch(found, -1) {
				if !slices.Contains(flags, name[1]) {
					t.Errorf("README.md:%d: there is no --%s", i+1, name[1])
				}
			}
		}
	}
}

// flagNames are the flags of all commands, and their variables.
func flagNames(t *testing.T) (names, variables []string) {
	t.Helper()
	parser, err := kong.New(&commands{}, kong.DefaultEnvars(envPrefix))
	if err != nil {
		t.Fatal(err)
	}
	err = kong.Visit(parser.Model.Node, func(node kong.Visitable, next kong.Next) error {
		if f, ok := node.(*kong.Flag); ok {
			names, variables = append(names, f.Name), append(variables, f.Envs...)
		}
		return next(nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	return names, variables
}
