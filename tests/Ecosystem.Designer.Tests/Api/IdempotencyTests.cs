using System.Net;
using System.Net.Http.Json;
using Ecosystem.Designer.Api;
using Ecosystem.Designer.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Designer.Tests.Api;

public class IdempotencyTests(HostFixture host)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_SameKeySameBody_SameAnswerAndOneKeyMade()
    {
        using var admin = await host.ProgramAsync("admin");
        var name = Guid.NewGuid().ToString("N");
        using var first = await PostAsync(admin, "key-1", name);
        using var second = await PostAsync(admin, "key-1", name);
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await second.Content.ReadAsStringAsync(Ct));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        var all = await admin.GetStringAsync("/api/v1/api-keys?limit=200", Ct);
        Assert.Equal(2, all.Split(name).Length);
    }

    [Fact]
    public async Task Post_SameKeyOtherBody_Conflict()
    {
        using var admin = await host.ProgramAsync("admin");
        using var first = await PostAsync(admin, "key-2", "one");
        using var second = await PostAsync(admin, "key-2", "two");
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains("idempotency.key-reused", await second.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_SameKeyOfAnotherCaller_IsAnotherKey()
    {
        using var one = await host.ProgramAsync("admin");
        using var other = await host.ProgramAsync("admin");
        using var first = await PostAsync(one, "key-3", "one");
        using var second = await PostAsync(other, "key-3", "two");
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
    }

    [Fact]
    public async Task Post_RefusedRequest_SameRefusal()
    {
        using var admin = await host.ProgramAsync("admin");
        using var first = await PostAsync(admin, "key-4", "");
        using var second = await PostAsync(admin, "key-4", "");
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        Assert.Equal("application/problem+json", second.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Save_WhileAnotherReads_GoesThrough()
    {
        var contexts = host.Services.GetRequiredService<IDbContextFactory<HostDbContext>>();
        await using var reader = await contexts.CreateDbContextAsync(Ct);
        await using var reading = await reader.Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadUncommitted, Ct);
        await reader.Database.OpenConnectionAsync(Ct);
        await using var command = reader.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT Id FROM HostUsers";
        await using var rows = await command.ExecuteReaderAsync(Ct);
        Assert.True(await rows.ReadAsync(Ct));

        await using var writer = await contexts.CreateDbContextAsync(Ct);
        writer.Database.SetCommandTimeout(TimeSpan.FromSeconds(1));
        Assert.Equal(DemoSignIn.All.Count, await writer.Users.Where(user => user.Email!.EndsWith("@demo.example")).ExecuteUpdateAsync(set => set.SetProperty(user => user.LockoutEnabled, true), Ct));
    }

    [Fact]
    public async Task Invoke_AnswerCannotBeKept_RepeatRunsAgain()
    {
        await using var database = new SqliteConnection("Data Source=:memory:");
        await database.OpenAsync(Ct);
        var failing = new FailingSave();
        var contexts = new Contexts(new DbContextOptionsBuilder<HostDbContext>().UseSqlite(database).AddInterceptors(failing).Options);
        await using (var db = contexts.CreateDbContext())
        {
            await db.Database.EnsureCreatedAsync(Ct);
        }

        var runs = 0;
        var middleware = new IdempotencyMiddleware(
            context =>
            {
                runs++;
                context.Response.StatusCode = StatusCodes.Status201Created;
                failing.Next = runs == 1;
                return Task.CompletedTask;
            },
            contexts,
            TimeProvider.System);

        await Assert.ThrowsAsync<DbUpdateException>(() => middleware.InvokeAsync(Request()));
        foreach (var repeat in Enumerable.Range(0, 2))
        {
            var context = Request();
            await middleware.InvokeAsync(context);
            Assert.Equal(StatusCodes.Status201Created, context.Response.StatusCode);
            Assert.Equal(repeat == 1, context.Response.Headers.ContainsKey("Idempotency-Replayed"));
        }

        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Invoke_SameKeyWhileTheFirstRuns_RefusedUntilItHasEnded()
    {
        await using var database = new SqliteConnection("Data Source=:memory:");
        await database.OpenAsync(Ct);
        var contexts = new Contexts(new DbContextOptionsBuilder<HostDbContext>().UseSqlite(database).Options);
        await using (var db = contexts.CreateDbContext())
        {
            await db.Database.EnsureCreatedAsync(Ct);
        }

        var entered = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        var middleware = new IdempotencyMiddleware(
            async context =>
            {
                entered.SetResult();
                await leave.Task;
            },
            contexts,
            TimeProvider.System);

        var first = middleware.InvokeAsync(Request());
        await entered.Task.WaitAsync(Ct);
        var second = Request();
        await middleware.InvokeAsync(second);
        Assert.Equal(StatusCodes.Status409Conflict, second.Response.StatusCode);
        leave.SetResult();
        await first;
        var third = Request();
        await middleware.InvokeAsync(third);
        Assert.Equal("true", third.Response.Headers["Idempotency-Replayed"]);
    }

    private static DefaultHttpContext Request()
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider() };
        context.Request.Method = HttpMethods.Post;
        context.Request.Path = "/api/v1/deals";
        context.Request.Headers["Idempotency-Key"] = "one";
        return context;
    }

    private sealed class Contexts(DbContextOptions<HostDbContext> options) : IDbContextFactory<HostDbContext>
    {
        public HostDbContext CreateDbContext() => new(options);
    }

    private sealed class FailingSave : SaveChangesInterceptor
    {
        internal bool Next { get; set; }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (Next)
            {
                Next = false;
                throw new DbUpdateException("The disk is full.");
            }

            return ValueTask.FromResult(result);
        }
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string key, string name)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/api-keys")
        {
            Content = JsonContent.Create(new { name, roles = new[] { "seller" }, scopes = new[] { "*:read" } }),
        };
        request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, Ct);
    }
}
