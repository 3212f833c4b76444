package readfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// The bounds of files, in bytes.
const (
	Text         = 16 << 20 // what people write: scenarios, catalogues of errors
	Certificates = 4 << 20
	State        = 4 << 30
)

// Read reads a file of at most limit bytes. Errors: one that is not there ([fs.ErrNotExist]), that cannot be read, that
// is no regular file, or that is larger.
func Read(path string, limit int64) ([]byte, error) { return read(here{}, path, path, limit) }

// In reads a file in a folder as [Read] does; a link that leads out of the folder is an error. Errors call it by shown.
func In(folder *os.Root, name, shown string, limit int64) ([]byte, error) {
	return read(folder, name, shown, limit)
}

// opener opens files: the machine's, or those in a folder.
type opener interface {
	Stat(name string) (fs.FileInfo, error)
	OpenFile(name string, flag int, mode fs.FileMode) (*os.File, error)
}

// here opens the machine's files.
type here struct{}

func (here) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }
func (here) OpenFile(name string, flag int, mode fs.FileMode) (*os.File, error) {
	return os.OpenFile(name, flag, mode)
}

// Open opens a file as [Read] does, for who reads it piece by piece. It may grow; what counts is the size that it has now.
func Open(path string, limit int64) (*os.File, fs.FileInfo, error) {
	return open(here{}, path, path, limit)
}

// open opens a file of bounded size.
func open(from opener, name, shown string, limit int64) (*os.File, fs.FileInfo, error) {
	info, err := from.Stat(name) // before it is opened: to open a device may do something
	if err != nil {
		return nil, nil, called(shown, err)
	}
	if err := regular(info, shown); err != nil {
		return nil, nil, err
	}
	file, err := from.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0) // it may be a pipe by now
	if err != nil {
		return nil, nil, called(shown, err)
	}
	if info, err = file.Stat(); err == nil {
		err = regular(info, shown)
	}
	if err == nil && info.Size() > limit {
		err = tooLarge(shown, limit)
	}
	if err != nil {
		_ = file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

// called says what went wrong with a file by the name that its reader knows, and not by the system call that failed.
func called(shown string, err error) error {
	if wrong, ok := errors.AsType[*fs.PathError](err); ok {
		err = wrong.Err
	}
	if err.Error() == "path escapes from parent" { // os.Root has no error of its own for it
		err = errors.New("it is a link that leads out of the folder")
	}
	if shown == "" {
		return errors.New("expected the name of a file, got an empty one")
	}
	return fmt.Errorf("%s: %w", shown, err)
}

func read(from opener, name, shown string, limit int64) ([]byte, error) {
	file, info, err := open(from, name, shown, limit)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data := make([]byte, info.Size(), info.Size()+1) // one more, to see that it has not grown
	n, err := io.ReadFull(file, data)
	if err == nil {
		var rest []byte
		if rest, err = io.ReadAll(io.LimitReader(file, limit-int64(n)+1)); len(rest) > 0 { // it grows, or says nothing of its size, as in /proc
			data = append(data, rest...)
			n = len(data)
		}
	} else if err == io.ErrUnexpectedEOF || err == io.EOF {
		err = nil // it has been cut meanwhile
	}
	if err != nil {
		return nil, err
	}
	if int64(n) > limit {
		return nil, tooLarge(shown, limit)
	}
	return data[:n], nil
}

// Regular refuses what is there and is no regular file.
func Regular(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return regular(info, path)
}

func tooLarge(shown string, limit int64) error {
	return fmt.Errorf("%s: expected a file of at most %d bytes", shown, limit)
}

// regular refuses what is no file to be read.
func regular(info fs.FileInfo, shown string) error {
	mode := info.Mode()
	is := ""
	switch {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		is = "a folder"
	case mode&fs.ModeNamedPipe != 0:
		is = "a pipe"
	case mode&fs.ModeSocket != 0:
		is = "a socket"
	case mode&fs.ModeDevice != 0:
		is = "a device"
	default:
		is = mode.Type().String()
	}
	return fmt.Errorf("%s: expected a regular file, it is %s", shown, is)
}
