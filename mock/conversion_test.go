package mock

import (
	"reflect"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/journal"
)

// fill gives every field of a value something that is not zero, all the way down, and each its own.
func fill(v reflect.Value, n *int) {
	*n++
	switch {
	case v.Type() == reflect.TypeFor[time.Time](), v.Type() == reflect.TypeFor[duration.Instant]():
		v.Set(reflect.ValueOf(time.Unix(int64(*n), 0).UTC()).Convert(v.Type()))
		return
	case v.Type() == reflect.TypeFor[jsontext.Value](), v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		v.SetBytes([]byte{'0' + byte(*n%10)})
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, n)
		fill(value, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), n)
	case reflect.String:
		v.SetString("text" + string(rune('A'+*n)))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(float64(*n))
	case reflect.Uint64:
		v.SetUint(uint64(*n))
	default:
		v.SetInt(int64(*n))
	}
}

func filled[T any]() T {
	var v T
	fill(reflect.ValueOf(&v).Elem(), new(int))
	return v
}

// TestFault_CarriesEveryField: what users say of a rule comes to the world, and back.
func TestFault_CarriesEveryField(t *testing.T) {
	t.Parallel()
	said := filled[Fault]()
	assert.Equal(t, said, faultOf(said.rule()))
	rule := filled[fault.Rule]()
	assert.Equal(t, rule, faultOf(rule).rule())

	status := filled[fault.Status]()
	shown := faultStatuses([]fault.Status{status})[0]
	assert.Equal(t, FaultStatus{
		Fault: faultOf(status.Rule), Seen: status.Seen, Hits: status.Hits, Window: &FaultWindow{time.Time(status.Window.Began), status.Window.Count},
	}, shown)
	assert.ElementsMatch(t, fields[fault.Status](), fields[FaultStatus]())
}

// TestRequest_CarriesEveryField: what the journal tells of an exchange comes to users.
func TestRequest_CarriesEveryField(t *testing.T) {
	t.Parallel()
	assert.ElementsMatch(t, fields[journal.Entry](), append(fields[Request](), "Missed"), "which is of streams, and Go has none")
	entry := filled[journal.Entry]()
	told, from := reflect.ValueOf(requestsOf(journal.Result{Requests: []journal.Entry{entry}}).Requests[0]), reflect.ValueOf(entry)
	for _, name := range fields[Request]() {
		shown := told.FieldByName(name)
		assert.Equal(t, from.FieldByName(name).Convert(shown.Type()).Interface(), shown.Interface(), name)
	}
}

// fields are the names of a struct's fields, those of embedded structs in place of these.
func fields[T any]() []string {
	var names []string
	for _, field := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		if !field.Anonymous {
			names = append(names, field.Name)
		}
	}
	return names
}
