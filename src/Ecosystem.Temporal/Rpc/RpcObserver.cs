using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Temporal.Rpc;

/// <summary>
/// Wraps every call: checks who calls, refuses what is too much, measures and traces it, and turns errors that are no answers into ones.
/// </summary>
internal sealed partial class RpcObserver(ILogger<RpcObserver> logger, ApiKeyCheck key, Admission admission, ServiceMetrics metrics)
{
    private static readonly ActivitySource Traces = new(ServiceMetrics.Name);

    public async Task<TResponse> Observe<TRequest, TResponse>(
        RpcMethod method,
        TRequest request,
        ServerCallContext call,
        Func<TRequest, ServerCallContext, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        key.Demand(call);
        var ns = method.Fields.Namespace(request);
        var received = metrics.Received(method.Name, ns);
        using var trace = Trace(method, request, call, ns);
        try
        {
            admission.Enter(method.Kind);
            try
            {
                if (TimeFields.FirstInvalid(request) is { } field)
                {
                    throw RpcErrors.InvalidArgument($"{field} is no possible time or duration.");
                }

                var response = await handler(request, call);
                Polled(method, request, response, ns);
                return response;
            }
            finally
            {
                admission.Leave(method.Kind);
            }
        }
        catch (Exception e)
        {
            var error = ToAnswer(method.Name, e);
            metrics.Failed(method.Name, ns, error);
            trace?.SetStatus(ActivityStatusCode.Error, error.Status.Detail);
            trace?.SetTag("rpc.grpc.status_code", (int)error.StatusCode);
            if (ReferenceEquals(error, e))
            {
                throw;
            }

            throw error;
        }
        finally
        {
            metrics.Answered(method.Name, ns, received, method.Kind == RpcKind.LongPoll);
        }
    }

    private RpcException ToAnswer(string method, Exception exception)
    {
        switch (exception)
        {
            case RpcException answer:
                return answer;
            case OperationCanceledException:
                return RpcErrors.Create(StatusCode.Cancelled, "The call was canceled.");
            case StoreException e:
                Log.NotStored(logger, method, e);
                return e.Failure switch
                {
                    StoreFailure.Full => RpcErrors.ResourceExhausted(e.Message, ResourceExhaustedCause.PersistenceStorageLimit, ResourceExhaustedScope.System),
                    StoreFailure.Damaged => RpcErrors.Create(StatusCode.DataLoss, e.Message),
                    _ => RpcErrors.Unavailable(e.Message),
                };
            default:
                Log.Failed(logger, method, exception);
                return RpcErrors.Internal($"{method} failed in the service: {exception.GetType().Name}.");
        }
    }

    private static Activity? Trace(RpcMethod method, IMessage request, ServerCallContext call, string ns)
    {
        if (!Traces.HasListeners())
        {
            return null;
        }

        var trace = Traces.StartActivity(method.FullName, ActivityKind.Server);
        if (trace is { IsAllDataRequested: true })
        {
            trace.SetTag("rpc.system", "grpc").SetTag("rpc.service", method.Service).SetTag("rpc.method", method.Name)
                .SetTag("server.port", call.GetHttpContext().Connection.LocalPort).SetTag("temporalNamespace", ns);
            var (workflowId, runId) = method.Fields.Execution(request);
            if (workflowId.Length > 0)
            {
                trace.SetTag("temporalWorkflowID", workflowId);
            }

            if (runId.Length > 0)
            {
                trace.SetTag("temporalRunID", runId);
            }
        }

        return trace;
    }

    private void Polled(RpcMethod method, IMessage request, IMessage response, string ns)
    {
        if (method.Kind != RpcKind.LongPoll)
        {
            return;
        }

        var (type, gotTask) = response switch
        {
            PollWorkflowTaskQueueResponse workflow => ("Workflow", !workflow.TaskToken.IsEmpty),
            PollActivityTaskQueueResponse activity => ("Activity", !activity.TaskToken.IsEmpty),
            _ => ("", false),
        };
        if (type.Length > 0)
        {
            metrics.Polled(method.Name, ns, method.Fields.TaskQueueOf(request), type, gotTask);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Method} failed in the service.")]
        public static partial void Failed(ILogger logger, string method, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "{Method} could not be stored or read.")]
        public static partial void NotStored(ILogger logger, string method, Exception exception);
    }
}
