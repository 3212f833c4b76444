package platform

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestEveryTableIsDumped finds a table that was added to the state and forgotten in its lists.
func TestEveryTableIsDumped(t *testing.T) {
	s := newState(Clock{}, DefaultSeed)
	listed := map[string]bool{}
	for _, table := range s.tables() {
		listed[table.title()] = true
	}
	fields := reflect.ValueOf(s)
	for i := range fields.NumField() {
		field := fields.Type().Field(i)
		if !strings.HasPrefix(field.Type.Name(), "table[") {
			continue
		}
		assert.Equal(t, field.Name, fields.Field(i).FieldByName("name").String(), "newState names it after its field")
		assert.True(t, listed[field.Name], "%s is not in tables of dump.go", field.Name)
		delete(listed, field.Name)
	}
	assert.Empty(t, listed)
}
