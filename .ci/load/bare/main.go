// Command bare is what the mock is held against: Echo with encoding/json, and nothing else. It reads the requests into
// structs, and writes structs with the members and the size of the mock's answers. It checks nothing and remembers
// nothing.
package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/labstack/echo/v4"
)

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "bare:", err)
		os.Exit(1)
	}
}

// serve listens at the address that is the first argument, on a free port without one, and says where as the mock does.
func serve() error {
	addr := "127.0.0.1:0"
	if len(os.Args) > 1 {
		addr = os.Args[1]
	}
	e := echo.New()
	e.GET("/_mock/health", health)
	v1 := e.Group("/api/v1")
	v1.POST("/resources/prebookings/availability", checkAvailability)
	v1.POST("/orders/lounges/ePasses/prebooking", prebook)
	v1.POST("/orders/ePasses", listOrders)
	v1.GET("/resources/:resourceId", showResource)
	v1.GET("/transportHubs", listHubs)
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	fmt.Fprintf(os.Stderr, `{"level":"INFO","msg":"listening","url":"http://%s"}`+"\n", listener.Addr())
	server := &http.Server{Handler: e}
	context.AfterFunc(ctx, func() { server.Close() })
	if err := server.Serve(listener); ctx.Err() == nil {
		return err
	}
	return nil
}
