using System.Net;
using System.Net.Sockets;

namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>Which addresses may be called.</summary>
internal static class WebhookAddress
{
    /// <summary>Connects a call, to public addresses only unless others are allowed; checked on what the name resolves to now, not when the webhook was made.</summary>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, bool allowPrivate, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (!allowPrivate && Array.Find(addresses, address => !IsPublic(address)) is not null)
        {
            throw new HttpRequestException($"{context.DnsEndPoint.Host} is on this machine or in a private network, which webhooks may not call.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return false;
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return !(address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast || address.IsIPv6Teredo);
        }

        var bytes = address.GetAddressBytes();
        return (bytes[0], bytes[1]) switch
        {
            (0 or 10 or 127 or >= 224, _) => false,
            (100, >= 64 and < 128) => false,
            (169, 254) => false,
            (172, >= 16 and < 32) => false,
            (192, 168) => false,
            (192, 0) => bytes[2] is not (0 or 2),
            (198, 18 or 19) => false,
            (198, 51) => bytes[2] != 100,
            (203, 0) => bytes[2] != 113,
            _ => true,
        };
    }
}
