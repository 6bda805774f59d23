// Beast and Asio are header libraries compiled separately here, once for the reference server.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
