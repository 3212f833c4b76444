package control

import (
	"fmt"
	"strings"

	"rsc.io/qr"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/dispatch"
)

// drawQRCode draws the bare value, as a venue's scanner wants it.
func (p *plane) drawQRCode(c *dispatch.Call) (dispatch.Reply, error) {
	value := c.Path.Get("value")
	known, err := author.Run(c.World, "drawQRCode", author.KnowsQRValue, value)
	if err != nil {
		return dispatch.Reply{}, err
	}
	if !known {
		return dispatch.Reply{}, dragonpass.Refuse(dragonpass.ValueNotFound, "%s is no E-pass, membership, voucher or dynamic QR string of this world", value)
	}
	code, err := qr.Encode(value, qr.M)
	if err != nil {
		return dispatch.Reply{}, err
	}
	if c.Query.Get("format") == "svg" {
		return dispatch.File("image/svg+xml", svg(code)), nil
	}
	return dispatch.File("image/png", code.PNG()), nil
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
