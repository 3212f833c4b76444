package mock_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"

	"dragonmock/mock/dragonpass"
	v1 "dragonmock/mock/internal/api/v1"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/envelope"
	"dragonmock/mock/internal/fidelity"
	"dragonmock/mock/internal/mocktest"
	"dragonmock/mock/internal/symbols"
	"dragonmock/openapi"
)

// The house tests hold the code to the laws of doc.go, and say why.

// storeys are our packages from the top down. A package imports only what stands lower.
var storeys = [][]string{
	{"dragonmock/cmd/dragonmock", "dragonmock/mock/internal/mocktest"},
	{"dragonmock/mock"},
	{"dragonmock/mock/files", "dragonmock/mock/fidelity"},
	{"dragonmock/mock/internal/server"},
	{"dragonmock/mock/internal/control"},
	{"dragonmock/mock/internal/api/v1", "dragonmock/mock/internal/api/v2"},
	{"dragonmock/mock/internal/api/v2/lifestyle"},
	{"dragonmock/mock/internal/api", "dragonmock/mock/internal/api/apitest"},
	{"dragonmock/mock/internal/dispatch", "dragonmock/mock/internal/stage", "dragonmock/mock/internal/push"},
	{"dragonmock/mock/internal/given", "dragonmock/mock/internal/author", "dragonmock/mock/internal/token", "dragonmock/mock/internal/search", "dragonmock/mock/internal/simulation", "dragonmock/mock/internal/users"},
	{"dragonmock/mock/internal/offers"},
	{"dragonmock/mock/internal/host", "dragonmock/mock/internal/booking"},
	{"dragonmock/mock/internal/stock"},
	{"dragonmock/mock/internal/sink"},
	{"dragonmock/mock/internal/outbox", "dragonmock/mock/internal/injection", "dragonmock/mock/internal/keyring", "dragonmock/mock/internal/repeat"},
	{"dragonmock/mock/internal/bounds"},
	{"dragonmock/mock/internal/world"},
	{"dragonmock/mock/internal/integrity", "dragonmock/mock/internal/saved"},
	{"dragonmock/mock/internal/store"},
	{"dragonmock/mock/internal/wire"},
	{"dragonmock/mock/internal/fault"},
	{"dragonmock/mock/internal/directory", "dragonmock/mock/internal/fidelity", "dragonmock/mock/internal/intake", "dragonmock/mock/internal/meter", "dragonmock/mock/internal/guard", "dragonmock/mock/internal/lobby"},
	{"dragonmock/mock/internal/logbook", "dragonmock/mock/dragonpass/lifestyle", "dragonmock/mock/dragonpass/sandbox", "dragonmock/mock/dragonpass/vendor"},
	{
		"dragonmock/mock/internal/contract", "dragonmock/mock/internal/catalog", "dragonmock/mock/internal/envelope",
		"dragonmock/mock/internal/journal", "dragonmock/mock/internal/scenario", "dragonmock/mock/internal/symbols", "dragonmock/mock/dragonpass/rules",
	},
	{"dragonmock/mock/internal/certain", "dragonmock/mock/internal/marks"},
	{"dragonmock/mock/dragonpass/access", "dragonmock/mock/dragonpass/check", "dragonmock/mock/dragonpass/news", "dragonmock/mock/internal/signet", "dragonmock/mock/dragonpass/translation", "dragonmock/mock/dragonpass/user", "dragonmock/mock/internal/packed", "dragonmock/mock/internal/pattern", "dragonmock/mock/internal/people", "dragonmock/mock/internal/rowkey", "dragonmock/mock/internal/schema", "dragonmock/mock/internal/statefile", "dragonmock/mock/internal/strictjson", "dragonmock/mock/internal/yamlfile"},
	{"dragonmock/mock/dragonpass/passenger", "dragonmock/mock/dragonpass/window"},
	{
		"dragonmock/mock/dragonpass", "dragonmock/mock/internal/bom", "dragonmock/mock/internal/caller", "dragonmock/mock/internal/client", "dragonmock/mock/internal/clock", "dragonmock/mock/internal/duration", "dragonmock/cmd/dragonmock/internal/commandline", "dragonmock/cmd/dragonmock/internal/lines", "dragonmock/mock/internal/memory", "dragonmock/mock/internal/nearest", "dragonmock/mock/internal/ordered", "dragonmock/mock/internal/panics", "dragonmock/mock/internal/pipe", "dragonmock/mock/internal/release",
		"dragonmock/mock/internal/rsakey", "dragonmock/mock/internal/serial", "dragonmock/mock/internal/turns", "dragonmock/mock/internal/wirefields",
		"dragonmock/openapi", "dragonmock/scenarios",
	},
	{"dragonmock/mock/dragonpass/geo", "dragonmock/mock/dragonpass/reading", "dragonmock/mock/dragonpass/option", "dragonmock/mock/internal/brief", "dragonmock/mock/internal/readfile", "dragonmock/mock/internal/seed", "dragonmock/mock/internal/text"},
	{"dragonmock/mock/dragonpass/calendar"},
}

// small are the packages that know nothing of a server, so that what speaks HTTP only may share them.
var small = []string{"dragonmock/mock/internal/brief", "dragonmock/mock/internal/bom", "dragonmock/mock/internal/duration", "dragonmock/mock/internal/nearest", "dragonmock/mock/internal/pattern", "dragonmock/mock/internal/seed", "dragonmock/mock/internal/yamlfile"}

// only says who may import what; everybody else must not.
var only = map[string]struct {
	packages []string
	because  string
}{
	"github.com/labstack/echo/v4":       {[]string{"dragonmock/mock/internal/server", "dragonmock/mock/internal/dispatch"}, "HTTP is the business of the dispatcher"},
	"github.com/getkin/kin-openapi":     {[]string{"dragonmock/mock/internal/contract", "dragonmock/mock/internal/schema", "dragonmock/mock/internal/certain", "dragonmock/mock/internal/marks"}, "it changes often, so few packages know it"},
	"dragonmock/openapi":                {[]string{"dragonmock/mock/fidelity", "dragonmock/mock/internal/server", "dragonmock/mock/internal/mocktest"}, "documents are handed in, so that others can be"},
	"dragonmock/scenarios":              {[]string{"dragonmock/mock/internal/server"}, "scenarios are handed in, so that others can be"},
	"testing":                           {[]string{"dragonmock/mock/internal/mocktest", "dragonmock/mock/internal/api/apitest"}, "it would be linked into the command"},
	"github.com/agnivade/levenshtein":   {[]string{"dragonmock/mock/internal/nearest", "dragonmock/mock/internal/directory", "dragonmock/cmd/dragonmock/internal/commandline"}, "names are guessed in one place, and paths in another"},
	"github.com/spf13/pflag":            {[]string{"dragonmock/cmd/dragonmock/internal/commandline"}, "how the program is asked is the command line's business"},
	"math/rand":                         {[]string{"dragonmock/mock/internal/people"}, "math/rand/v2 is seeded by value; gofakeit draws people by the old one"},
	"math/rand/v2":                      {[]string{"dragonmock/mock/internal/seed", "dragonmock/mock/internal/fault"}, "random streams come from seed"},
	"crypto/rand":                       {[]string{"dragonmock/mock/internal/host", "dragonmock/mock/internal/token", "dragonmock/mock/internal/mocktest"}, "only credentials, access tokens and the ids of worlds are left to chance"},
	"github.com/brianvoe/gofakeit/v6":   {nil, "its data is worked out when code is generated: linked in, it is a tenth of the command"},
	"github.com/golang-jwt/jwt/v5":      {[]string{"dragonmock/mock", "dragonmock/mock/internal/token", "dragonmock/mock/internal/signet", "dragonmock/mock/internal/stage", "dragonmock/mock/internal/mocktest"}, "tokens are the surface's business"},
	"github.com/go-jose/go-jose/v4":     {nil, "it verifies in tests what another library signs"},
	"github.com/tidwall/btree":          {[]string{"dragonmock/mock/internal/ordered"}, "how rows are kept in order is one room's business"},
	"dragonmock/mock/internal/mocktest": {nil, "only tests import the harness of the tests"},
}

type goPackage struct {
	ImportPath string
	Dir        string
	Doc        string
	Imports    []string
	GoFiles    []string
}

// packages are ours, without those that only generate and those that have nothing but tests.
func packages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json", "dragonmock/...").Output()
	require.NoError(t, err)
	var list []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p goPackage
		require.NoError(t, d.Decode(&p))
		if !strings.HasSuffix(p.ImportPath, "/generate") && len(p.GoFiles) > 0 {
			list = append(list, p)
		}
	}
	return list
}

func TestImportsGoDown(t *testing.T) {
	storey := map[string]int{}
	for i, names := range storeys {
		for _, name := range names {
			storey[name] = i + 1
		}
	}
	for _, p := range packages(t) {
		own := storey[p.ImportPath]
		assert.NotZero(t, own, "%s has no storey: give it one in house_test.go and in doc.go", p.ImportPath)
		for _, imported := range p.Imports {
			if p.ImportPath == "dragonmock/mock/internal/scenario" && strings.HasPrefix(imported, "dragonmock/") {
				assert.Contains(t, small, imported, "scenarios speak HTTP only: they share small things that know nothing of a server")
			}
			if below := storey[imported]; below > 0 {
				assert.Greater(t, below, own, "%s imports %s, which is not below it", p.ImportPath, imported)
			}
			for name, rule := range only {
				if imported == name || strings.HasPrefix(imported, name+"/") && !strings.HasPrefix(name, "dragonmock") && !strings.HasPrefix(name, "math") {
					assert.Contains(t, rule.packages, p.ImportPath, "%s imports %s: %s", p.ImportPath, imported, rule.because)
				}
			}
		}
	}
}

// TestEveryPackageIsOnTheMap holds doc.go's picture and the README's map to the storeys.
func TestEveryPackageIsOnTheMap(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	_, readmeMap, ok := strings.Cut(string(readme), "\n## The map\n")
	require.True(t, ok)
	last := -1
	for _, names := range storeys {
		for _, name := range names {
			short := strings.TrimPrefix(name, "dragonmock/")
			assert.Contains(t, readmeMap, "`"+short+"`", "the README's map lacks it")
			line := regexp.MustCompile(`\n//\t *(\.\./\S+ )?(\.\./)?` + regexp.QuoteMeta(strings.TrimPrefix(short, "mock/")) + `[, ]`).FindIndex(doc)
			if assert.NotNil(t, line, "doc.go's house lacks %s", short) && len(names) == 1 {
				assert.Greater(t, line[0], last, "doc.go's house has %s too high", short)
				last = line[0]
			}
		}
	}
}

func TestRulesArePure(t *testing.T) {
	for _, p := range packages(t) {
		if !strings.HasPrefix(p.ImportPath, "dragonmock/mock/dragonpass") {
			continue
		}
		for _, imported := range p.Imports {
			assert.NotContains(t, imported, ".", "rules know the standard library alone")
			assert.NotContains(t, imported, "/internal/", "rules know the nouns alone")
			assert.NotContains(t, []string{"sync", "os", "io", "log", "log/slog", "net/http", "encoding/json", "context"}, imported, "rules are pure functions")
		}
	}
}

// TestTimeAndStartUp keeps wall time in its places, and every package free of init and of names that say nothing.
func TestTimeAndStartUp(t *testing.T) {
	wall := map[string]string{
		"mock/internal/server/connections.go":  "how long a body may take",
		"mock/internal/control/requests.go":    "how long a watcher may take",
		"mock/internal/world/clock.go":         "world time",
		"mock/internal/stage/play.go":          "how long steps take, and tokens for them",
		"mock/internal/signet/sign.go":         "signatures, which the machines of clients judge",
		"mock/internal/token/token.go":         "access tokens, which the machine's clock judges",
		"mock/internal/intake/intake.go":       "how long a body may take",
		"mock/internal/dispatch/dispatcher.go": "how long an exchange took, for the journal",
		"mock/internal/dispatch/finish.go":     "when it was, for the journal",
	}
	for _, p := range packages(t) {
		assert.NotContains(t, []string{"util", "common", "models", "types", "helpers"}, filepath.Base(p.ImportPath), "a name says what a package owns")
		assert.Regexp(t, `^(Package \w+ (owns|is)|Command) `, p.Doc, "%s: its doc says what it owns", p.ImportPath)
		for _, name := range p.GoFiles {
			path := filepath.Join(p.Dir, name)
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			require.NoError(t, err)
			relative := strings.TrimPrefix(p.ImportPath, "dragonmock/") + "/" + name
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncDecl:
					assert.False(t, n.Recv == nil && n.Name.Name == "init", "%s: init hides what happens at start", relative)
				case *ast.SelectorExpr:
					x, ok := n.X.(*ast.Ident)
					if ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, n.Sel.Name) {
						assert.NotEmpty(t, wall[relative], "%s reads the wall clock; world time comes from the transaction", relative)
					}
					if ok && x.Name == "time" && slices.Contains([]string{"Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick"}, n.Sel.Name) {
						for _, timeless := range []string{"mock/internal/store/", "mock/internal/world/", "mock/internal/booking/", "mock/internal/outbox/"} {
							assert.False(t, strings.HasPrefix(relative, timeless), "%s: worlds have no timers; what is due stands in a queue", relative)
						}
					}
				}
				return true
			})
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.LessOrEqual(t, strings.Count(string(data), "\n"), 400, "%s is longer than one idea", relative)
		}
	}
}

// TestEveryCodeHasARow holds the symbols in the code and the rows of the error catalogue together.
func TestEveryCodeHasARow(t *testing.T) {
	table := mocktest.ErrorTable(t)
	file, err := parser.ParseFile(token.NewFileSet(), "dragonpass/errors.go", nil, 0)
	require.NoError(t, err)
	var codes []string
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok {
			codes = append(codes, strings.Trim(v.Values[0].(*ast.BasicLit).Value, `"`))
		}
		return true
	})
	assert.ElementsMatch(t, table.Symbols(), codes, "add the row to openapi/errors.yaml, or the constant to mock/dragonpass/errors.go")
	vendors := table.VendorSymbols()
	numbers := map[string]string{}
	for _, symbol := range codes {
		if !slices.Contains(vendors, symbol) {
			assert.Equal(t, envelope.Mock, envelope.OriginOf(dragonpass.Code(symbol)), "%s is the control plane's own: add it in package envelope", symbol)
		}
		row := table.Row(dragonpass.Code(symbol))
		assert.Empty(t, numbers[row.Code], "%s has the number of %s", symbol, numbers[row.Code])
		numbers[row.Code] = symbol
		if slices.Contains(row.Reach, symbols.Own) {
			assert.Equal(t, []string{symbols.Own}, row.Reach, "%s: the vendor does not have it", symbol)
			assert.Equal(t, symbol, row.Code, "a symbol of our own is its own code")
		} else {
			assert.True(t, strings.HasPrefix(row.Code, strconv.Itoa(row.Status)+"."), "%s: the number begins with the status", symbol)
		}
		assert.NotEmpty(t, row.When)
		assert.Subset(t, []string{"v1", "v2", "fault", "scenario", symbols.Own}, row.Reach)
		assert.NotEmpty(t, row.Reach)
	}
}

var assumption = regexp.MustCompile(`A-\d{3}`)

// TestRegister holds the register, the documents and the code together.
func TestRegister(t *testing.T) {
	data, err := openapi.Files.ReadFile(openapi.Assumptions)
	require.NoError(t, err)
	register, err := fidelity.LoadAssumptions(data)
	require.NoError(t, err)
	coded := map[string]string{}
	for _, row := range register {
		assert.Contains(t, []string{"v1", "v2", "both"}, row.Surface, row.Number)
		assert.NotEmpty(t, row.Claim, row.Number)
		assert.NotEmpty(t, row.Ask, "%s: say how to ask the sandbox", row.Number)
		if row.Status == fidelity.Planned {
			assert.Empty(t, row.Where, row.Number)
			continue
		}
		coded[row.Number] = row.Where
		text, err := os.ReadFile("../" + row.Where)
		require.NoError(t, err, row.Number)
		assert.Contains(t, string(text), row.Number, "%s does not speak of it", row.Where)
	}
	for _, root := range []string{"../mock", "../cmd", "../openapi"} {
		require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || filepath.Base(path) == openapi.Assumptions || !slices.Contains([]string{".go", ".yaml"}, filepath.Ext(path)) {
				return err
			}
			text, err := os.ReadFile(path)
			for _, number := range assumption.FindAllString(string(text), -1) {
				assert.NotEmpty(t, coded[number], "%s speaks of %s, which the register does not have as coded", path, number)
			}
			return err
		}))
	}
}

// TestDocumentMarks holds the marks of the OpenAPI document to their meaning.
func TestDocumentMarks(t *testing.T) {
	data, err := openapi.Files.ReadFile(openapi.V1)
	require.NoError(t, err)
	document, err := contract.Load(data)
	require.NoError(t, err)
	handlers := v1.Version(document).Handlers
	table := mocktest.ErrorTable(t)
	for _, op := range document.Operations() {
		assert.NotNil(t, handlers[op.ID], "%s has no handler", op.ID)
		assert.Contains(t, []string{"documented", "second-hand", "observed", "assumed"}, op.Fidelity, op.ID)
		assert.True(t, op.Source != "" || len(op.Assumptions) > 0, "%s: name its page or its assumption", op.ID)
		for _, symbol := range op.Errors {
			assert.Equal(t, dragonpass.Code(symbol), table.Row(dragonpass.Code(symbol)).Symbol, op.ID)
		}
	}
	var raw any
	require.NoError(t, yaml.Load(data, &raw))
	fields := 0
	defer func() { assert.Greater(t, fields, 150, "the document was not read") }()
	everyField(raw, "", func(at string, field map[string]any) {
		fields++
		if field["$ref"] != nil || strings.Contains(at, "/not") || strings.Contains(at, "Of/") {
			return
		}
		assert.NotEmpty(t, field["description"], "%s has no description", at)
		if kind := field["type"]; kind != "object" && kind != "array" && kind != nil {
			_, has := field["example"]
			assert.True(t, has, "%s has no example", at)
		}
		if field["x-fidelity"] == "assumed" && !strings.Contains(at, "Failure") {
			assert.True(t, field["x-assumption"] != nil || strings.Contains(at, "/properties/"), "%s: an assumption has a number", at)
		}
	})
}

// everyField visits every property of every schema.
func everyField(v any, at string, visit func(string, map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			if properties, ok := value.(map[string]any); ok && name == "properties" {
				for field, schema := range properties {
					if s, ok := schema.(map[string]any); ok {
						visit(at+"/properties/"+field, s)
					}
				}
			}
			everyField(value, at+"/"+name, visit)
		}
	case []any:
		for _, value := range v {
			everyField(value, at+"/", visit)
		}
	}
}
