using System.Net;

namespace Ecosystem.Temporal;

/// <summary>Reads and judges addresses to listen on.</summary>
internal static class ListenAddress
{
    /// <summary>The address that the service listens on.</summary>
    /// <exception cref="ArgumentException">It is no address, or it is one that other machines reach and the service is not protected.</exception>
    public static IPEndPoint OfService(EmbeddedTemporalOptions options)
    {
        var address = Parse(nameof(options.Listen), options.Listen);
        if (!IPAddress.IsLoopback(address.Address) && (options.Certificate is null || string.IsNullOrEmpty(options.ApiKey)))
        {
            throw new ArgumentException(
                $"Listen is '{options.Listen}', which other machines can reach: that needs a certificate (Certificate, --tls-cert) and a key "
                + "(ApiKey, --api-key-file). Without them listen on 127.0.0.1.",
                nameof(options));
        }

        return address;
    }

    /// <summary>The address of metrics and health, or null if they are not served.</summary>
    /// <exception cref="ArgumentException">It is no address, or one that other machines reach.</exception>
    public static IPEndPoint? OfOperations(EmbeddedTemporalOptions options)
    {
        if (options.OperationsListen is not { } text)
        {
            return null;
        }

        var address = Parse(nameof(options.OperationsListen), text);
        return IPAddress.IsLoopback(address.Address)
            ? address
            : throw new ArgumentException(
                $"OperationsListen is '{text}', which other machines can reach, but metrics and health are served in plain text to all who ask: listen on 127.0.0.1.",
                nameof(options));
    }

    private static IPEndPoint Parse(string option, string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > IPEndPoint.MaxPort)
        {
            throw new ArgumentException($"{option} is '{text}', which is not HOST:PORT; an example is 127.0.0.1:7233.", nameof(text));
        }

        var host = text[..colon].Trim('[', ']');
        return host == "localhost" ? new IPEndPoint(IPAddress.Loopback, port)
            : IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port)
            : throw new ArgumentException($"{option} names the host '{host}', which is no IP address and not localhost.", nameof(text));
    }
}
