package control

import (
	"fmt"
	"strings"

	"rsc.io/qr"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/platform"
)

// drawQRCode draws the bare value, as a venue's scanner wants it.
func drawQRCode(_ *Plane, c *call) (any, error) {
	value := c.path.Get("value")
	known, err := platform.Run(c.world, "drawQRCode", func(tx *platform.Tx) (bool, error) { return tx.QRValue(value), nil })
	if err != nil {
		return nil, err
	}
	if !known {
		return nil, dragonpass.Refuse(valueNotFound, "%s is no E-pass, membership, voucher or dynamic QR string of this world", value)
	}
	code, err := qr.Encode(value, qr.M)
	if err != nil {
		return nil, err
	}
	if c.query.Get("format") == "svg" {
		return raw{"image/svg+xml", svg(code)}, nil
	}
	return raw{"image/png", code.PNG()}, nil
}

// quiet is the margin around a code that scanners need, in modules.
const quiet = 4

// svg draws a code as one path of unit squares.
func svg(code *qr.Code) []byte {
	var path strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&path, "M%d,%dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	side := code.Size + 2*quiet
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<path fill="#fff" d="M0,0h%dv%dh-%dz"/><path d="%s"/></svg>`, side, side, side, side, side, path.String())
}
