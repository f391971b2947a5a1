using System.Collections.Concurrent;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Simulation;

/// <summary>Has simulated people answer the tasks that are open.</summary>
internal sealed class MainJobTasks(StorageSession session, ITaskDoor door)
{
    private const int Tries = 4;

    /// <summary>Answers every open task that a simulated person may answer, several at once.</summary>
    public async Task<(int Answered, Refusal? Refusal)> AnswerOpenAsync(SimulatedPeople people, int parallelism, CancellationToken cancellationToken)
    {
        var open = await session.ReadAsync(
            (db, token) => db.Set<HumanTask>().Where(task => task.State == TaskState.Open || task.State == TaskState.Claimed).ToListAsync(token),
            cancellationToken);
        var refusals = new ConcurrentBag<Refusal>();
        var answered = 0;
        await Parallel.ForEachAsync(open, new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken }, async (task, token) =>
        {
            if (await AnswerAsync(people, task, token) is { } refusal)
            {
                refusals.Add(refusal);
            }
            else
            {
                Interlocked.Increment(ref answered);
            }
        });
        return (answered, refusals.FirstOrDefault());
    }

    // A person who is refused for segregation of duties lets the next one try, as in an office.
    private async Task<Refusal?> AnswerAsync(SimulatedPeople people, HumanTask task, CancellationToken cancellationToken)
    {
        var barred = new HashSet<string>(StringComparer.Ordinal);
        Refusal? last = null;
        for (var i = 0; i < Tries && people.For(task, barred) is { } person; i++)
        {
            var refusals = await door.CompleteAsync(task.Id, TaskAnswers.Outcome(task), TaskAnswers.Data(task, people), "Answered by the main job's simulation", person, cancellationToken);
            if (refusals.Count == 0)
            {
                return null;
            }

            last = refusals[0];
            if (last.Code is not ("duties.same-person" or "duties.admin" or "task.same-person"))
            {
                break;
            }

            barred.Add(person.Id);
        }

        return last is null
            ? new Refusal("main-job.nobody", $"Nobody simulated may answer the task '{task.Title}' ({task.Type}) for the roles '{task.CandidateRoles}'.")
            : last with { Message = $"The task '{task.Title}' ({task.Type}) could not be answered: {last.Message}" };
    }
}
