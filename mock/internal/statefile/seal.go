package statefile

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"

	"dragonmock/mock/internal/bom"
)

// A sealed file ends in a last member, digest, of what stands before it: a flipped bit is seen. Whoever edits the file
// takes the member away: without one nothing is asked.
const (
	sealBegins = `,"digest":"`
	sealEnds   = `"}`
	sealSize   = len(sealBegins) + 2*sha256.Size + len(sealEnds)
)

// sealOf is the end of a JSON object that a digest has been made of, but for its closing brace.
func sealOf(object hash.Hash) []byte {
	return append(hex.AppendEncode([]byte(sealBegins), object.Sum(nil)), sealEnds...)
}

// maxBlank is how much blank space an editor may have put behind a file.
const maxBlank = 1 << 10

// unseal reads a file of so many bytes once: it returns the digest of all that it holds, and what is to be read of it, which
// is without the seal and without a mark that an editor put before it. Without a seal as [sealOf] makes it that is all
// there is; a member digest elsewhere is for the reader to refuse. Errors: the seal is not that of the rest.
func unseal(file io.ReaderAt, size int64) (digest [sha256.Size]byte, from io.Reader, err error) {
	begins := make([]byte, min(size, int64(len(bom.Mark))))
	ends := make([]byte, min(size, int64(sealSize+maxBlank)))
	if _, err := file.ReadAt(begins, 0); err != nil && err != io.EOF {
		return digest, nil, err
	}
	if _, err := file.ReadAt(ends, size-int64(len(ends))); err != nil && err != io.EOF {
		return digest, nil, err
	}
	begin := int64(len(begins) - len(bom.Skip(begins)))
	end := size - int64(len(ends)-len(bytes.TrimRight(ends, " \t\r\n")))
	ends = bytes.TrimRight(ends, " \t\r\n")
	all := sha256.New()
	section := func(from, to int64) io.Reader { return io.NewSectionReader(file, from, to-from) }
	copyTo := func(into io.Writer, from, to int64) {
		if err == nil {
			_, err = io.Copy(into, section(from, to))
		}
	}
	sealed := end-begin >= int64(sealSize) && bytes.HasSuffix(ends, []byte(sealEnds)) &&
		bytes.HasPrefix(ends[max(0, len(ends)-sealSize):], []byte(sealBegins))
	if sealed {
		end -= int64(sealSize)
	}
	object := sha256.New()
	copyTo(all, 0, begin)
	copyTo(io.MultiWriter(all, object), begin, end)
	copyTo(all, end, size)
	if err != nil {
		return digest, nil, err
	}
	all.Sum(digest[:0])
	if !sealed {
		return digest, section(begin, end), nil
	}
	if !bytes.HasSuffix(ends, sealOf(object)) {
		return digest, nil, errors.New("/digest: it is not that of the rest: the file was damaged, or edited, since it was saved; to use what it holds, take the member digest away")
	}
	return digest, io.MultiReader(section(begin, end), bytes.NewReader([]byte("}"))), nil
}
