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

func TestFilesRunOneWay(t *testing.T) {
	for _, p := range packages(t) {
		for _, way := range circles(checkTypes(t, p).fileUses()) {
			assert.Fail(t, "", "%s: %s", strings.TrimPrefix(p.ImportPath, "dragonmock/"), way)
		}
	}
}
