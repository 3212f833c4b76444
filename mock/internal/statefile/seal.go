package statefile

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"dragonmock/mock/internal/bom"
)

// A sealed file ends in a last member, digest, of what stands before it: a flipped bit is seen. Whoever edits the file
// takes the member away: without one nothing is asked.
const (
	sealBegins = `,"digest":"`
	sealEnds   = `"}`
	sealSize   = len(sealBegins) + 2*sha256.Size + len(sealEnds)
)

// seal puts the digest into a JSON object, which is used up: state is large.
func seal(object []byte) []byte {
	object = bytes.TrimSuffix(object, []byte("}"))
	digest := sha256.Sum256(object)
	sealed := append(object, sealBegins...)
	sealed = hex.AppendEncode(sealed, digest[:])
	return append(sealed, sealEnds...)
}

// unseal takes the digest off, which uses the data up, and refuses what it is not the digest of. A mark that an editor put
// before it says nothing. What has none as [seal] puts it is returned as it is; a member digest elsewhere is for the reader
// to refuse.
func unseal(data []byte) ([]byte, error) {
	data = bytes.TrimRight(bom.Skip(data), " \t\r\n")
	if len(data) < sealSize {
		return data, nil
	}
	body, tail := data[:len(data)-sealSize], data[len(data)-sealSize:]
	if !bytes.HasPrefix(tail, []byte(sealBegins)) || !bytes.HasSuffix(tail, []byte(sealEnds)) {
		return data, nil
	}
	digest := sha256.Sum256(body)
	if hex.EncodeToString(digest[:]) != string(tail[len(sealBegins):len(tail)-len(sealEnds)]) {
		return nil, errors.New("/digest: it is not that of the rest: the file was damaged, or edited, since it was saved; to use what it holds, take the member digest away")
	}
	return append(body, '}'), nil
}
