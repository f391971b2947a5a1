using Ecosystem.Temporal.Storage;
using Ecosystem.Temporal.Tests.Sdk;
using Microsoft.Data.Sqlite;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Ecosystem.Temporal.Tests.Survival;

/// <summary>A store that has no room, cannot be written, or is not what was written.</summary>
public sealed class StoreFailureTests
{
    private static readonly RpcOptions Once = new() { Retry = false, Timeout = TimeSpan.FromSeconds(10) };

    [Fact]
    public async Task Write_NoRoomLeft_IsRefusedAndGoesOnOnceThereIs()
    {
        var file = NewFile();
        await using var service = await EmbeddedTemporal.StartAsync(new() { DataFile = file, MaximumDataFileBytes = 1_500_000 });
        var client = await QuietSdk.ConnectAsync(service.Address);
        var started = new List<string>();
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                await client.StartWorkflowAsync("Bulky", [new string('x', 100_000)], new($"bulky-{i}", "nobody") { Rpc = Once });
                started.Add($"bulky-{i}");
            }
        });
        Assert.Equal(RpcException.StatusCode.ResourceExhausted, refused.Code);
        Assert.Contains("no room", refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(started);
        foreach (var id in started)
        {
            await client.Connection.WorkflowService.DeleteWorkflowExecutionAsync(new() { Namespace = "default", WorkflowExecution = new() { WorkflowId = id } });
        }

        // What was deleted makes room after a moment; the SDK tries until there is.
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions("q").AddWorkflow<OneActivityWorkflow>().AddActivity(OneActivityWorkflow.Double));
        Assert.Equal(10, await worker.ExecuteAsync(() => client.ExecuteWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(5), new("after", "q"))));
    }

    [Fact]
    public async Task Read_ByteOfAHistoryChanged_IsDataLossAndVerifyNamesTheRun()
    {
        var file = NewFile();
        await WriteRunsAsync(file, terminate: true);
        Sql(file, "UPDATE history SET data = replace(data, CAST('payload-of-b' AS BLOB), CAST('payload-of-X' AS BLOB)) WHERE instr(data, CAST('payload-of-b' AS BLOB)) > 0");
        var problems = await EmbeddedTemporal.VerifyAsync(file);
        Assert.Contains(problems, problem => problem.Contains("of b:", StringComparison.Ordinal) && problem.Contains("damaged", StringComparison.Ordinal));
        await using var service = await EmbeddedTemporal.StartAsync(new() { DataFile = file });
        var client = await QuietSdk.ConnectAsync(service.Address);
        var refused = await Assert.ThrowsAsync<RpcException>(() => client.Connection.WorkflowService.GetWorkflowExecutionHistoryAsync(
            new() { Namespace = "default", Execution = new() { WorkflowId = "b" } }, Once));
        Assert.Equal(RpcException.StatusCode.DataLoss, refused.Code);
        Assert.Contains("verify", refused.Message, StringComparison.Ordinal);
        Assert.Equal("a", (await client.GetWorkflowHandle("a").DescribeAsync()).Id);
    }

    [Theory]
    [InlineData("UPDATE executions SET due = 5 WHERE workflow_id = 'a'")]
    [InlineData("UPDATE executions SET ready = 0 WHERE workflow_id = 'a'")]
    [InlineData("UPDATE visibility SET workflow_type = 'Other' WHERE workflow_id = 'a'")]
    [InlineData("DELETE FROM visibility WHERE workflow_id = 'a'")]
    [InlineData("DELETE FROM history WHERE id IN (SELECT id FROM history LIMIT 1)")]
    [InlineData("INSERT INTO transfers VALUES (999, 1)")]
    public async Task Verify_OneRowChanged_FindsIt(string change)
    {
        var file = NewFile();
        await WriteRunsAsync(file);
        Assert.Empty(await EmbeddedTemporal.VerifyAsync(file));
        Sql(file, change);
        Assert.NotEmpty(await EmbeddedTemporal.VerifyAsync(file));
    }

    [Fact]
    public async Task Verify_PageOverwritten_FindsItAndStartRefuses()
    {
        var file = NewFile();
        await WriteRunsAsync(file);
        Sql(file, "PRAGMA wal_checkpoint(TRUNCATE)");
        await using (var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite))
        {
            // Every page but the first, which says that it is a database.
            stream.Position = 8192;
            var garbage = new byte[stream.Length - 8192];
            Array.Fill(garbage, (byte)0xA5);
            await stream.WriteAsync(garbage);
        }

        var refused = await Assert.ThrowsAsync<IOException>(() => EmbeddedTemporal.StartAsync(new() { DataFile = file }));
        Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
        var output = new StringWriter();
        Assert.Equal(1, await TemporalCommand.RunAsync(["verify", "--data", file], output, output));
        Assert.Contains("damaged", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderCannotBeWritten_IsRefusedByName()
    {
        // A folder where the file should be can be written by nobody, not even by root.
        var folder = Directory.CreateTempSubdirectory("store-").FullName;
        var refused = await Assert.ThrowsAsync<IOException>(() => EmbeddedTemporal.StartAsync(new() { DataFile = folder }));
        Assert.Contains(folder, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_StoreBecameReadOnly_IsRefusedAndHealthSaysSo()
    {
        var file = NewFile();
        await using var store = SqliteStore.Open(file);
        await store.CommitAsync(new StoreWrite { Documents = { new("k", "a", [1]) } });
        store.MakeReadOnly();
        var refused = await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(new StoreWrite { Documents = { new("k", "b", [1]) } }));
        Assert.Contains("read-only", refused.Message, StringComparison.Ordinal);
        Assert.Same(refused, store.LastFailure);
        Assert.Equal("a", store.Documents("k").Single().Key);
    }

    private static string NewFile() => Path.Combine(Directory.CreateTempSubdirectory("store-").FullName, "t.db");

    private static async Task WriteRunsAsync(string file, bool terminate = false)
    {
        await using var service = await EmbeddedTemporal.StartAsync(new() { DataFile = file });
        var client = await QuietSdk.ConnectAsync(service.Address);
        foreach (var id in (string[])["a", "b", "c"])
        {
            await client.StartWorkflowAsync("Any", [$"payload-of-{id}"], new(id, "nobody"));
            if (terminate)
            {
                await client.GetWorkflowHandle(id).TerminateAsync();
            }
        }
    }

    private static void Sql(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
