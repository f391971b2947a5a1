using Microsoft.Extensions.Logging;

namespace Ecosystem.Temporal.Rpc;

/// <summary>Wraps every call: errors that are no answers become INTERNAL ones and are logged.</summary>
internal sealed partial class RpcObserver(ILogger<RpcObserver> logger)
{
    public async Task<TResponse> Observe<TRequest, TResponse>(
        string method,
        TRequest request,
        ServerCallContext call,
        Func<TRequest, ServerCallContext, Task<TResponse>> handler)
    {
        try
        {
            return await handler(request, call);
        }
        catch (RpcException)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            throw RpcErrors.Create(StatusCode.Cancelled, "The call was canceled.");
        }
        catch (StoreException e)
        {
            Log.NotStored(logger, method, e);
            throw RpcErrors.Unavailable(e.Message);
        }
        catch (Exception e)
        {
            Log.Failed(logger, method, e);
            throw RpcErrors.Internal($"{method} failed in the service: {e.GetType().Name}.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Method} failed in the service.")]
        public static partial void Failed(ILogger logger, string method, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "{Method} could not be stored.")]
        public static partial void NotStored(ILogger logger, string method, Exception exception);
    }
}
