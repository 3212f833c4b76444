package wire

// WriteWith is [Write] with another way to wait. Garble is for tests alone.
var (
	WriteWith = write
	Garble    = garble
)
