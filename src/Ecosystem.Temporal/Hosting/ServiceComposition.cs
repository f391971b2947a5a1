using System.Net;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Temporal;

/// <summary>Puts the parts of the service together.</summary>
internal static class ServiceComposition
{
    /// <summary>Handlers of all services but the test service, by the name of the RPC.</summary>
    public static RpcHandlers Handlers(Engine engine, ScheduleService schedules, StandaloneActivityService activities, BatchService batches)
    {
        var handlers = new RpcHandlers();
        new WorkflowHandlers(engine).AddTo(handlers);
        new TaskHandlers(engine, activities).AddTo(handlers);
        new StandaloneActivityHandlers(engine, activities).AddTo(handlers);
        SystemHandlers.AddTo(handlers);
        new NamespaceHandlers(engine).AddTo(handlers);
        new DisabledHandlers(engine).AddTo(handlers);
        new ActivityOperationHandlers(engine).AddTo(handlers);
        var workers = new WorkerRegistry(engine.Clock);
        engine.Namespaces.Cleaners.Add(workers.ClearAsync);
        new WorkerHandlers(engine, workers).AddTo(handlers);
        new DeploymentHandlers(engine).AddTo(handlers);
        new TaskQueueHandlers(engine, new TaskQueueSettings(engine.Store, engine.Namespaces, engine.Queues), engine.Deployments).AddTo(handlers);
        new VisibilityHandlers(engine).AddTo(handlers);
        new ScheduleHandlers(engine, schedules).AddTo(handlers);
        new BatchHandlers(engine, batches).AddTo(handlers);
        return handlers;
    }

    /// <summary>The server of gRPC, not started yet.</summary>
    public static WebApplication Server(
        EmbeddedTemporalOptions options,
        IPEndPoint address,
        RpcHandlers handlers,
        RpcHandlers test,
        ServiceHealth health,
        Admission admission,
        ServiceMetrics metrics)
    {
        // Nothing of the application around it is read, neither its settings nor its environment.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        if (options.Certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 10_000;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 8 * 1024 * 1024;
            kestrel.Limits.Http2.InitialStreamWindowSize = 2 * 1024 * 1024;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(address, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                if (options.Certificate is { } certificate)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        // Handlers never block, so that a received request needs no other thread to be read.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.Services.AddGrpc(grpc =>
        {
            // Messages above what clients may send are refused by the marshaller, in words that they know.
            grpc.MaxReceiveMessageSize = 64 * 1024 * 1024;
            grpc.MaxSendMessageSize = null;
        });
        builder.Services.AddSingleton(provider => new RpcObserver(
            provider.GetRequiredService<ILogger<RpcObserver>>(), new ApiKeyCheck(options.ApiKey), admission, metrics));
        FileDescriptor[] files =
        [
            Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor,
            Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor,
            Temporalio.Api.TestService.V1.ServiceReflection.Descriptor,
        ];
        Bind<WorkflowRpc>(builder.Services, handlers, files[0]);
        Bind<OperatorRpc>(builder.Services, handlers, files[1]);
        Bind<TestRpc>(builder.Services, test, files[2]);
        builder.Services.AddSingleton<IServiceMethodProvider<HealthRpc>>(
            new HealthMethodProvider(health, files.Select(file => file.Services[0].FullName).ToHashSet()));
        var application = builder.Build();
        application.MapGrpcService<WorkflowRpc>();
        application.MapGrpcService<OperatorRpc>();
        application.MapGrpcService<TestRpc>();
        application.MapGrpcService<HealthRpc>();
        return application;
    }

    private static void Bind<TService>(IServiceCollection services, RpcHandlers handlers, FileDescriptor file)
        where TService : class =>
        services.AddSingleton<IServiceMethodProvider<TService>>(
            provider => new RpcMethodProvider<TService>(handlers, provider.GetRequiredService<RpcObserver>(), file.Services[0]));
}
