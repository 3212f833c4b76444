package mock_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// checkedPackage is one of our packages, with what every name in it means.
type checkedPackage struct {
	goPackage
	files *token.FileSet
	uses  map[*ast.Ident]types.Object
	types *types.Package
}

// compiled finds the export data of every package that ours are made of. The build has them already.
var compiled = sync.OnceValues(func() (map[string]string, error) {
	out, err := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Export", "dragonmock/...").Output()
	found := map[string]string{}
	for d := json.NewDecoder(strings.NewReader(string(out))); err == nil && d.More(); {
		var p struct{ ImportPath, Export string }
		err = d.Decode(&p)
		found[p.ImportPath] = p.Export
	}
	return found, err
})

// checkTypes finds out what the names of a package mean.
func checkTypes(t *testing.T, p goPackage) checkedPackage {
	t.Helper()
	exports, err := compiled()
	require.NoError(t, err)
	checked := checkedPackage{p, token.NewFileSet(), map[*ast.Ident]types.Object{}, nil}
	var files []*ast.File
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(checked.files, filepath.Join(p.Dir, name), nil, 0)
		require.NoError(t, err)
		files = append(files, file)
	}
	config := types.Config{Importer: importer.ForCompiler(checked.files, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })}
	checked.types, err = config.Check(p.ImportPath, checked.files, files, &types.Info{Uses: checked.uses})
	require.NoError(t, err)
	return checked
}

// fileUses says which files of a package use what others declare: its functions, types, variables, constants and
// methods. For each pair it has a name that is used.
func (p checkedPackage) fileUses() map[string]map[string]string {
	edges := map[string]map[string]string{}
	for ident, used := range p.uses {
		if used.Pkg() != p.types {
			continue
		}
		method, _ := used.(*types.Func)
		if isMethod := method != nil && method.Signature().Recv() != nil; !isMethod && used.Parent() != p.types.Scope() {
			continue // a field, or a name inside a function
		}
		from, to := p.fileOf(ident.Pos()), p.fileOf(used.Pos())
		if from == to {
			continue
		}
		if edges[from] == nil {
			edges[from] = map[string]string{}
		}
		if name := edges[from][to]; name == "" || used.Name() < name {
			edges[from][to] = used.Name()
		}
	}
	return edges
}

func (p checkedPackage) fileOf(at token.Pos) string {
	return filepath.Base(p.files.Position(at).Filename)
}

// circles lists the ways that lead from a file over others back to it: one for each file that has any, the shortest.
func circles(edges map[string]map[string]string) []string {
	var found []string
	for _, start := range slices.Sorted(maps.Keys(edges)) {
		came, queue := map[string]string{}, []string{start}
		for len(queue) > 0 && came[start] == "" {
			at := queue[0]
			queue = queue[1:]
			for _, next := range slices.Sorted(maps.Keys(edges[at])) {
				if came[next] == "" {
					came[next] = at
					queue = append(queue, next)
				}
			}
		}
		if came[start] == "" {
			continue
		}
		way := start
		for at := start; ; {
			before := came[at]
			way = fmt.Sprintf("%s -%s-> %s", before, edges[before][at], way)
			if at = before; at == start {
				break
			}
		}
		found = append(found, way)
	}
	return found
}

// circled are the packages whose files still use one another in a circle. The list only gets shorter.
var circled = []string{
	"dragonmock/cmd/dragonmock",
	"dragonmock/mock/dragonpass",
	"dragonmock/mock/internal/booking",
	"dragonmock/mock/internal/catalog",
	"dragonmock/mock/internal/given",
	"dragonmock/mock/internal/journal",
	"dragonmock/mock/internal/mocktest",
	"dragonmock/mock/internal/scenario",
	"dragonmock/mock/internal/store",
	"dragonmock/mock/internal/world",
}

// TestFilesRunOneWay holds the files of a package to what imports are held to: if one uses another, that one does not
// use it back, nor by way of others. A file can then be read from the bottom up.
func TestFilesRunOneWay(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		ways := circles(checkTypes(t, p).fileUses())
		if slices.Contains(circled, p.ImportPath) {
			assert.NotEmpty(t, ways, "%s has no circle any more: take it off the list", p.ImportPath)
			continue
		}
		for _, way := range ways {
			assert.Fail(t, "files go round in a circle", "%s: %s; move what both use into a file of its own", p.ImportPath, way)
		}
	}
}

// TestCircles_AreFound shows that the law can be broken.
func TestCircles_AreFound(t *testing.T) {
	t.Parallel()
	edges := map[string]map[string]string{"a.go": {"b.go": "B"}, "b.go": {"c.go": "C"}, "d.go": {"a.go": "A"}}
	assert.Empty(t, circles(edges))
	edges["c.go"] = map[string]string{"a.go": "A"}
	assert.Equal(t, []string{
		"a.go -B-> b.go -C-> c.go -A-> a.go",
		"b.go -C-> c.go -A-> a.go -B-> b.go",
		"c.go -A-> a.go -B-> b.go -C-> c.go",
	}, circles(edges))
}

// maxLines is how many lines of production code a package may have.
const maxLines = 1200

// outgrown are the packages that may have more, and why.
var outgrown = map[string]string{
	"dragonmock/mock/internal/scenario": "reading, checking and playing scenario files is one idea",
}

func TestPackagesAreSmall(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		lines := 0
		for _, name := range p.GoFiles {
			data, err := os.ReadFile(filepath.Join(p.Dir, name))
			require.NoError(t, err)
			if name != "doc.go" && !generated.Match(data) { // what is said of a package is no code
				lines += strings.Count(string(data), "\n")
			}
		}
		if outgrown[p.ImportPath] != "" {
			assert.Greater(t, lines, maxLines, "%s is small again: take it off the list", p.ImportPath)
			continue
		}
		assert.LessOrEqual(t, lines, maxLines, "%s has outgrown its idea: give a part of it a room of its own", p.ImportPath)
	}
}

var generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// TestPublicTypesAreOurs holds the door to types that its users can see: nothing of internal packages, whose fields go doc
// does not show, and nothing of the experimental JSON library, whose promises are not ours to make.
func TestPublicTypesAreOurs(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		if p.ImportPath != "dragonmock/mock" && p.ImportPath != "dragonmock/mock/dragonpass" {
			continue
		}
		scope, seen := checkTypes(t, p).types.Scope(), 0
		for _, name := range scope.Names() {
			object := scope.Lookup(name)
			if !object.Exported() {
				continue
			}
			seen++
			if named, ok := object.(*types.TypeName); ok {
				assert.False(t, named.IsAlias(), "%s is an alias: go doc does not show what it is", name)
				for method := range types.NewMethodSet(types.NewPointer(named.Type())).Methods() {
					assertOurs(t, name+"."+method.Obj().Name(), method.Obj())
				}
				assertShown(t, name, named.Type().Underlying())
				continue
			}
			assertOurs(t, name, object)
		}
		assert.Greater(t, seen, 10, "%s was not read", p.ImportPath)
	}
}

func assertOurs(t *testing.T, name string, object types.Object) {
	t.Helper()
	if object.Exported() {
		assertShown(t, name, object.Type())
	}
}

// assertShown goes into a type as far as its users see it.
func assertShown(t *testing.T, name string, what types.Type) {
	t.Helper()
	switch what := what.(type) {
	case *types.Alias:
		assertShown(t, name, types.Unalias(what))
	case *types.Named:
		if of := what.Obj().Pkg(); of != nil {
			assert.NotRegexp(t, `^dragonmock/.*internal/|go-json-experiment`, of.Path(), "%s speaks of %s", name, what)
		}
		for argument := range what.TypeArgs().Types() {
			assertShown(t, name, argument)
		}
	case *types.Struct:
		for field := range what.Fields() {
			if field.Embedded() {
				assertShown(t, name+"."+field.Name(), field.Type())
			}
			assertOurs(t, name+"."+field.Name(), field)
		}
	case *types.Interface:
		for method := range what.Methods() {
			assertOurs(t, name+"."+method.Name(), method)
		}
	case *types.Signature:
		assertShown(t, name, what.Params())
		assertShown(t, name, what.Results())
	case *types.Tuple:
		for variable := range what.Variables() {
			assertShown(t, name, variable.Type())
		}
	case *types.Map:
		assertShown(t, name, what.Key())
		assertShown(t, name, what.Elem())
	case interface{ Elem() types.Type }: // pointers, lists, channels
		assertShown(t, name, what.Elem())
	}
}
