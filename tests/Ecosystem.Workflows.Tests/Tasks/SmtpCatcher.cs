using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using MimeKit;

namespace Ecosystem.Workflows.Tests.Tasks;

/// <summary>A local SMTP server (RFC 5321, as much as a sender needs) that keeps what it is sent.</summary>
internal sealed class SmtpCatcher : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Channel<MimeMessage> received = Channel.CreateUnbounded<MimeMessage>();
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    internal SmtpCatcher()
    {
        listener.Start();
        running = Task.Run(AcceptAsync);
    }

    internal int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    internal async Task<List<MimeMessage>> ReceivedAsync(int count)
    {
        var messages = new List<MimeMessage>();
        while (messages.Count < count)
        {
            messages.Add(await received.Reader.ReadAsync(TestContext.Current.CancellationToken));
        }

        return messages;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await running;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        await using var writer = new StreamWriter(stream, Encoding.ASCII, leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 catcher ESMTP");
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await writer.WriteLineAsync("250-catcher\r\n250 8BITMIME");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var text = new StringBuilder();
                    while (await reader.ReadLineAsync(stop.Token) is { } part && part != ".")
                    {
                        text.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                    }

                    using (var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString())))
                    {
                        await received.Writer.WriteAsync(await MimeMessage.LoadAsync(bytes, stop.Token), stop.Token);
                    }

                    await writer.WriteLineAsync("250 kept");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }
    }
}
