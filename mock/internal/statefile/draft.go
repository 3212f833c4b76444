package statefile

import (
	"bufio"
	"crypto/sha256"
	"encoding"
	"hash"
	"io"
	"os"
)

// Draft is a file that is being written: one JSON object, piece by piece. The last piece can be taken back.
type Draft struct {
	file *os.File
	out  *bufio.Writer
	hash hash.Hash
	n    int64
	last []byte // the last byte, which is not written before there is another: the object's end makes room for the seal
	err  error  // the first failure, which all that follows has too

	mark struct {
		hash []byte
		n    int64
		last []byte
	}
}

// newDraft begins to write into an empty file.
func newDraft(file *os.File) *Draft {
	d := &Draft{file: file, out: bufio.NewWriterSize(file, 256<<10), hash: sha256.New()}
	d.Mark()
	return d
}

// Write adds to the object.
func (d *Draft) Write(data []byte) (int, error) {
	if len(data) == 0 || d.err != nil {
		return 0, d.err
	}
	d.put(d.last)
	d.put(data[:len(data)-1])
	d.last = append(d.last[:0], data[len(data)-1])
	return len(data), d.err
}

func (d *Draft) put(data []byte) {
	if d.err == nil {
		_, d.err = d.out.Write(data)
	}
	d.hash.Write(data) // it never fails
	d.n += int64(len(data))
}

// Mark begins a piece.
func (d *Draft) Mark() {
	d.mark.hash, _ = d.hash.(encoding.BinaryMarshaler).MarshalBinary() // it never fails
	d.mark.n, d.mark.last = d.n, append([]byte(nil), d.last...)
}

// Back takes back what came after the mark. Errors: the file cannot be written.
func (d *Draft) Back() error {
	if d.err == nil {
		d.err = d.out.Flush()
	}
	if d.err == nil {
		d.err = d.file.Truncate(d.mark.n)
	}
	if d.err == nil {
		_, d.err = d.file.Seek(d.mark.n, io.SeekStart)
	}
	_ = d.hash.(encoding.BinaryUnmarshaler).UnmarshalBinary(d.mark.hash) // it made it itself
	d.n, d.last = d.mark.n, append(d.last[:0], d.mark.last...)
	return d.err
}

// seal ends the object, and returns the digest of the whole file.
func (d *Draft) seal() (digest [sha256.Size]byte, err error) {
	d.put(sealOf(d.hash))
	if d.err == nil {
		d.err = d.out.Flush()
	}
	if d.err == nil {
		d.err = d.file.Sync()
	}
	d.hash.Sum(digest[:0])
	return digest, d.err
}
