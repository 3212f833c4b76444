// Package journal owns the record of exchanges: what arrived, what was answered, and why.
//
// A [Journal] belongs to one world. [Journal.Add] is on the path of every request, so it stores bytes and renders
// nothing: an [Entry] comes into being when somebody reads. It borrows what it is given, redacts secrets before it
// stores or cuts anything, and never waits for a reader.
//
// A journal is bounded by entries and bytes, all journals of a server together by a [Budget]. What does not fit pushes
// out the oldest, and every list says how many were forgotten. Readers follow a journal by id, so the ring itself is
// their buffer: one who waits ([Journal.Wait]) or watches ([Journal.Subscribe]) costs [Journal.Add] one closed channel.
//
// A client may repeat a request by itself when a connection it kept is dropped; [Connections] tells such attempts apart.
//
// There is no clock in here: the caller says when.
package journal
