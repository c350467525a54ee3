/** `npm run setup-cifar`: fetches CIFAR-10, 60,000 images, for `npm run train`. */
import '@im2grade/data/setup-cifar';
