namespace Pds.Application.Ports;

/// <summary>Told of events once they are durable, in order.</summary>
public interface IEventPublisher
{
    void Publish(IReadOnlyList<SequencedEvent> events);
}
