using System.Globalization;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Designer.Tests.Api;

/// <summary>Somebody else's service that receives webhooks.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private readonly WebApplication _app;

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost("/hook", ReceiveAsync);
    }

    /// <summary>A call as it came.</summary>
    internal sealed record Call(string Id, DateTimeOffset At, string Signature, string Body);

    /// <summary>What it answers.</summary>
    public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

    public string Url => _app.Urls.Single() + "/hook";

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public async Task<Call> NextAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        return await _calls.Reader.ReadAsync(limit.Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(request.Headers["webhook-timestamp"].ToString(), CultureInfo.InvariantCulture));
        await _calls.Writer.WriteAsync(new Call(request.Headers["webhook-id"].ToString(), at, request.Headers["webhook-signature"].ToString(), await reader.ReadToEndAsync()));
        return Results.StatusCode((int)Answer);
    }
}
