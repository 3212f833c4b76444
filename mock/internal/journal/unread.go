package journal

import (
	"cmp"
	"slices"
)

const (
	maxFields = 200 // how many unread fields a journal tells apart
	fieldCost = 128 // what one takes beside its texts
)

// UnreadField is something that clients sent and nothing read: a misspelt name, most often.
type UnreadField struct {
	Operation string `json:"operation"`
	Field     string `json:"field"`
	Count     int    `json:"count"`  // how many exchanges sent it
	LastID    uint64 `json:"lastId"` // the newest of them, which may be forgotten by now
}

// Unread is what clients sent and nothing read since the journal was cleared. It outlives the entries, because what
// is misspelt is often sent once, early.
type Unread struct {
	Fields  []UnreadField `json:"fields"`  // sorted by operation and field
	Dropped int           `json:"dropped"` // how often a field was not counted, because there were too many
}

// tally counts unread fields.
type tally struct {
	fields  map[fieldKey]*UnreadField
	dropped int
}

type fieldKey struct{ operation, field string }

// Unread lists the unread fields.
func (j *Journal) Unread() Unread {
	j.mu.Lock()
	list := Unread{Fields: make([]UnreadField, 0, len(j.unread.fields)), Dropped: j.unread.dropped}
	for _, field := range j.unread.fields {
		list.Fields = append(list.Fields, *field)
	}
	j.mu.Unlock()
	for i := range list.Fields {
		list.Fields[i].Field = validText(list.Fields[i].Field)
	}
	slices.SortFunc(list.Fields, func(a, b UnreadField) int {
		return cmp.Or(cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Field, b.Field))
	})
	return list
}

// count counts the unread fields of the newest entry. A new field must be paid for, like an entry. The lock is held.
func (j *Journal) count(operation string, fields []string) {
	few := fields[:min(len(fields), maxFields)]
	j.unread.dropped += len(fields) - len(few)
	for _, name := range few {
		key := fieldKey{operation, clip(name, maxWord)}
		field := j.unread.fields[key]
		if field == nil {
			cost := fieldCost + len(key.operation) + len(key.field)
			if len(j.unread.fields) == maxFields || j.bytes+cost > j.limits.Bytes || !j.budget.take(cost) {
				j.unread.dropped++
				continue
			}
			j.bytes += cost
			if j.unread.fields == nil {
				j.unread.fields = map[fieldKey]*UnreadField{}
			}
			field = &UnreadField{Operation: key.operation, Field: key.field}
			j.unread.fields[key] = field
		}
		field.Count++
		field.LastID = j.last
	}
}
