using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.Tests.Pipeline;

public sealed class UnitOfWorkBehaviourTests
{
    [Fact]
    public async Task What_a_command_did_is_saved_even_when_the_caller_hangs_up_just_then()
    {
        using var caller = new CancellationTokenSource();
        var unit = new ObedientUnit();

        await new UnitOfWorkBehaviour<Submit, Unit>(unit).Handle(new Submit(), caller.Token, async () =>
        {
            await caller.CancelAsync(); // after a directory, say, has taken the operation
            return Unit.Value;
        });

        Assert.Equal(1, unit.Saves);
    }

    [Fact]
    public async Task Nothing_is_saved_of_a_command_that_is_refused()
    {
        var unit = new ObedientUnit();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            new UnitOfWorkBehaviour<Submit, Unit>(unit).Handle(new Submit(), CancellationToken.None, () => throw new InvalidOperationException()));

        Assert.Equal(0, unit.Saves);
    }

    private sealed record Submit : ICommand<Unit>;

    /// <summary>Stops when it is told to.</summary>
    private sealed class ObedientUnit : IUnitOfWork
    {
        public int Saves { get; private set; }

        public Task SaveChangesAsync(CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            Saves++;
            return Task.CompletedTask;
        }

        public void AfterSave(Func<CancellationToken, Task> action) => throw new NotSupportedException();
    }
}
