// The one translation unit of the reference server with the compiled parts of Beast and Asio.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
