import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.util.List;
import org.h2.mvstore.MVStore;

/** Serves MongoDB's protocol on a port of this machine from one file. SIGTERM writes everything down before it ends. */
public final class MongoOnDisk {
    /** What MongoDB 5.0 announces; the library's own constant has the wire version of an older one, which drivers refuse. */
    private static final MongoVersion FIVE = new MongoVersion() {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(5, 0, 0);
        }

        @Override
        public int getWireVersion() {
            return 13;
        }
    };

    public static void main(String[] args) {
        MVStore store = new MVStore.Builder().fileName(args[0]).cacheSize(256).open();
        H2Backend backend = new H2Backend(store);
        backend.version(FIVE);
        MongoServer server = new MongoServer(backend);
        server.bind("127.0.0.1", Integer.parseInt(args[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.shutdownNow();
            if (!store.isClosed()) {
                store.commit();
                store.close();
            }
        }));
        System.out.println("listening");
    }
}
